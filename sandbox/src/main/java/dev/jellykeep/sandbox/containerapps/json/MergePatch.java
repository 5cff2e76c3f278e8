package dev.jellykeep.sandbox.containerapps.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON Merge Patch (RFC 7396): objects are merged member by member, `null` removes, all else replaces; arrays whole.
public final class MergePatch {
    private MergePatch() {}

    /// The target as patched; neither argument is changed.
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), apply(result.path(change.getKey()), change.getValue()));
            }
        }
        return result;
    }

    /// As {@link #apply(JsonNode, JsonNode)} of two objects.
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        return (ObjectNode) apply((JsonNode) target, (JsonNode) patch);
    }
}
