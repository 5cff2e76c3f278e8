package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fills in a schema's defaults as the API server does
/// (Kubernetes' page on custom resource definitions, "Defaulting" and "Defaulting and Nullable").
final class Defaults {
    private Defaults() {}

    /// A copy with defaults. A null where none may be counts as left out.
    static ObjectNode fill(ObjectNode written, JsonNode schema) {
        ObjectNode filled = written.deepCopy();
        into(filled, schema);
        return filled;
    }

    private static void into(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties")
                    .properties()
                    .forEach(member -> member(object, member.getKey(), member.getValue()));
        } else if (value instanceof ArrayNode array) {
            array.forEach(each -> into(each, schema.path("items")));
        }
    }

    private static void member(ObjectNode object, String name, JsonNode schema) {
        JsonNode value = object.path(name);
        if (value.isNull() && !schema.path("nullable").asBoolean()) {
            object.remove(name);
            value = object.path(name);
        }
        if (value.isMissingNode() && schema.has("default")) {
            value = schema.path("default").deepCopy();
            object.set(name, value);
        }
        into(value, schema);
    }
}
