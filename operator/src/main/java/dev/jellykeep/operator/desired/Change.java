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
            return path + " is missing; it becomes " + after;
        }
        return after == null
                ? path + " is taken out; it was " + before
                : path + " is " + before + "; it becomes " + after;
    }
}
