package dev.jellykeep.scenarios.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fills in the defaults of a resource definition's schema, on which the operator relies and which the mock doesn't
/// know. Defaults alone: nothing is checked.
final class SchemaDefaults {
    private SchemaDefaults() {}

    /// @param resource changed
    /// @param schema its `openAPIV3Schema`
    static void fill(JsonNode resource, JsonNode schema) {
        if (resource instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(member -> {
                var value = member.getValue().path("default");
                if (!object.has(member.getKey()) && !value.isMissingNode()) {
                    object.set(member.getKey(), value.deepCopy());
                }
                fill(object.path(member.getKey()), member.getValue());
            });
        } else if (resource instanceof ArrayNode array) {
            array.forEach(each -> fill(each, schema.path("items")));
        }
    }
}
