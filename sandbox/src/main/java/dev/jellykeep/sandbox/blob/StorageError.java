package dev.jellykeep.sandbox.blob;

import dev.jellykeep.sandbox.gateway.Head.Field;
import dev.jellykeep.sandbox.gateway.Verdict.Answer;
import dev.jellykeep.sandbox.identity.Tokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Refusals in the Blob service's words.
enum StorageError {
    PERMISSION_MISMATCH(
            403,
            "AuthorizationPermissionMismatch",
            "This request is not authorized to perform this operation using this permission."),
    KEY_NOT_PERMITTED(
            403,
            "KeyBasedAuthenticationNotPermitted",
            "Key based authentication is not permitted on this storage account."),
    NO_AUTHENTICATION(
            401,
            "NoAuthenticationInformation",
            "Server failed to authenticate the request. Please refer to the information in the www-authenticate header."),
    INVALID_TOKEN(
            401,
            "InvalidAuthenticationInfo",
            "Server failed to authenticate the request. Please refer to the information in the www-authenticate header."),
    BUSY(503, "ServerBusy", "The server is busy.");

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final int status;
    private final String code;
    private final String message;

    StorageError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /// @param detail of a failed authentication; empty for none
    Answer answer(String detail, String version, String requestId, Instant now) {
        var details = detail.isEmpty()
                ? ""
                : "<AuthenticationErrorDetail>" + detail.replace("&", "&amp;").replace("<", "&lt;")
                        + "</AuthenticationErrorDetail>";
        // The service begins its errors with a byte order mark.
        var body = "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "\nRequestId:" + requestId + "\nTime:" + now + "</Message>" + details + "</Error>";
        var fields = new ArrayList<>(List.of(
                new Field("Content-Type", "application/xml"),
                new Field("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0"),
                new Field("x-ms-request-id", requestId),
                new Field("x-ms-version", version),
                new Field("x-ms-error-code", code),
                new Field("Date", HTTP_DATE.format(now))));
        if (status == 401) {
            fields.add(new Field(
                    "WWW-Authenticate",
                    "Bearer authorization_uri=https://login.microsoftonline.com/" + Tokens.TENANT
                            + "/oauth2/authorize resource_id=" + Admission.AUDIENCE));
        }
        return new Answer(status, message, fields, body);
    }
}
