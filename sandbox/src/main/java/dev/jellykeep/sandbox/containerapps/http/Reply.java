package dev.jellykeep.sandbox.containerapps.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer.
///
/// @param status 0 for none: the connection is closed instead
/// @param body none where null
public record Reply(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    /// No answer.
    public static final Reply CLOSED = new Reply(0, Map.of(), null);

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply of(int status, JsonNode body) {
        return new Reply(status, Map.of(), body);
    }

    public static Reply ok(JsonNode body) {
        return of(200, body);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), null);
    }

    Reply with(Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body);
    }
}
