package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One thing that differs between the app and what it should be.
///
/// @param path in the app, parts of lists by name:
///     `properties.template.containers[jellykeep-agent].image`
/// @param before null: isn't there
/// @param after null: is taken out
public record Change(
        String path, @Nullable JsonNode before, @Nullable JsonNode after) {
    /// One line without full stop.
    public String sentence() {
        if (before == null) {
            return path + " is missing; it becomes " + shown(after);
        }
        return after == null
                ? path + " is taken out; it was " + shown(before)
                : path + " is " + shown(before) + "; it becomes " + shown(after);
    }

    /// Of a whole container its image says enough.
    private static String shown(@Nullable JsonNode value) {
        return value == null ? "nothing" : value.has("image") ? "one of " + value.path("image") : value.toString();
    }
}
