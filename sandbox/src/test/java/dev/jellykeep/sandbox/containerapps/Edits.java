package dev.jellykeep.sandbox.containerapps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;

/// Puts a value into a tree, at `a.b[0].c`.
final class Edits {
    private Edits() {}

    static void set(ObjectNode tree, String where, String value) {
        var parts = where.split("\\.", -1);
        JsonNode node = tree;
        for (var i = 0; i < parts.length - 1; i++) {
            node = step(node, parts[i]);
        }
        ((ObjectNode) node)
                .set(
                        parts[parts.length - 1],
                        Json.object("{\"v\":" + value + "}").path("v"));
    }

    private static JsonNode step(JsonNode from, String part) {
        var bracket = part.indexOf('[');
        if (bracket < 0) {
            return Json.section((ObjectNode) from, part);
        }
        var index = Integer.parseInt(part.substring(bracket + 1, part.length() - 1));
        return from.path(part.substring(0, bracket)).path(index);
    }
}
