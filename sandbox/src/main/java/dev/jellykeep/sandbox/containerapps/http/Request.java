package dev.jellykeep.sandbox.containerapps.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.Locale;
import java.util.Map;

/// A request that was read whole.
///
/// @param path decoded
/// @param rawQuery as sent; empty for none
/// @param query by name in lower case, decoded
/// @param headers by name in lower case; the first value
/// @param base scheme and authority as the client sees them, for addresses in replies
public record Request(
        String method,
        String path,
        String rawQuery,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        String base) {
    public Request {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public String parameter(String name) {
        return query.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public String apiVersion() {
        return parameter("api-version");
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /// The body of a write.
    ///
    /// @throws ArmRefusal if it isn't JSON, or isn't said to be
    ObjectNode json() {
        var type = header("Content-Type").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json") && !type.startsWith("application/merge-patch+json")) {
            throw ArmRefusal.of(
                    415, "UnsupportedMediaType", "The content media type '" + type + "' is not supported: send JSON.");
        }
        try {
            return Json.object(body);
        } catch (Json.NotAnObject e) {
            throw ArmRefusal.of(400, "InvalidRequestContent", "The request content was invalid: " + e.getMessage());
        }
    }
}
