package dev.jellykeep.sandbox.containerapps.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.Map;
import java.util.Set;

/// A request that is answered with an error.
public final class ArmRefusal extends RuntimeException {
    /// The codes that were seen without `error` around them.
    private static final Set<String> SEEN_BARE = Set.of(
            "ContainerAppSecretInvalid",
            "ContainerAppSecretNull",
            "ContainerAppLockConflict",
            "ContainerAppOperationInProgress");

    private final int status;
    private final String code;
    private final String text;
    private final Map<String, String> headers;

    private ArmRefusal(int status, String code, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.text = message;
        this.headers = Map.copyOf(headers);
    }

    public static ArmRefusal of(int status, String code, String message) {
        return new ArmRefusal(status, code, message, Map.of());
    }

    public static ArmRefusal of(int status, String code, String message, Map<String, String> headers) {
        return new ArmRefusal(status, code, message, headers);
    }

    /// 400 in the service's words for one field.
    public static ArmRefusal field(String field, String details) {
        return of(
                400,
                "InvalidParameterValueInContainerTemplate",
                "The following field(s) are either invalid or missing. Field '" + field + "' is invalid with details: '"
                        + details + "'.");
    }

    /// 404 in ARM's words.
    public static ArmRefusal notFound(String type, String name, String group) {
        return of(
                404,
                "ResourceNotFound",
                "The Resource '" + type + "/" + name + "' under resource group '" + group
                        + "' was not found. For more details please go to"
                        + " https://aka.ms/ARMResourceNotFoundFix");
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /// The message, as people read it.
    public String text() {
        return text;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /// The reply's body.
    ///
    /// @param bareErrors whether codes that were seen bare are sent so
    public ObjectNode body(boolean bareErrors) {
        return body(code, text, bareErrors && SEEN_BARE.contains(code));
    }

    /// An error's body.
    public static ObjectNode body(String code, String message, boolean bare) {
        var error = Json.object().put("code", code).put("message", message);
        return bare ? error : Json.object().set("error", error);
    }
}
