package dev.jellykeep.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns each answer that is not a success into an exception, before anybody tries to understand its body: what a
/// proxy or gateway says between us and Azure is neither XML nor JSON.
final class Refusals extends HttpPipelineSyncPolicy {
    /// Not a code of Azure's: a success that no Blob service sent.
    static final String NOT_A_BLOB_SERVICE = "NotABlobService";

    private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");
    private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");
    private static final String UNAUTHENTICATED = "failed to authenticate";
    private static final int MOST_BODY = 64 * 1024;

    private final InstantSource clock;

    Refusals(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse reply) {
        var headers = reply.getHeaders();
        var request = orEmpty(headers.getValue(HttpHeaderName.X_MS_REQUEST_ID));
        var success = reply.getStatusCode() / 100 == 2;
        if (success && !request.isEmpty()) {
            return reply;
        }
        try (reply) {
            var code = success ? NOT_A_BLOB_SERVICE : code(reply);
            throw new RefusedException(
                    new Fault.Refused(reply.getStatusCode(), code, retryAfter(headers), request), date(headers, clock));
        }
    }

    /// The service's clock; ours where it doesn't say.
    static Instant date(HttpHeaders headers, InstantSource clock) {
        var date = headers.getValue(HttpHeaderName.DATE);
        return date == null ? clock.instant() : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }

    private static String code(HttpResponse reply) {
        var named = orEmpty(reply.getHeaders().getValue(ERROR_CODE));
        var body = reply.getStatusCode() == 403 || named.isEmpty() ? body(reply) : "";
        // Emulators name a wrong signature like a firewall's refusal, and only the words differ.
        if (named.equals("AuthorizationFailure") && body.contains(UNAUTHENTICATED)) {
            return "AuthenticationFailed";
        }
        var inBody = CODE.matcher(body);
        return named.isEmpty() && inBody.find() ? inBody.group(1) : named;
    }

    private static String body(HttpResponse reply) {
        try (var in = reply.getBodyAsBinaryData().toStream()) {
            return new String(in.readNBytes(MOST_BODY), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    private static Duration retryAfter(HttpHeaders headers) {
        var text = orEmpty(headers.getValue(HttpHeaderName.RETRY_AFTER)).strip();
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            if (Character.isDigit(text.charAt(0))) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            var until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            var date = headers.getValue(HttpHeaderName.DATE);
            return date == null
                    ? Duration.ZERO
                    : Duration.between(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)), until);
        } catch (NumberFormatException | DateTimeParseException _) {
            return Duration.ZERO;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
