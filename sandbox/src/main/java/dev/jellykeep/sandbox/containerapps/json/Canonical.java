package dev.jellykeep.sandbox.containerapps.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/// One form for what means the same: no `null`, no empty array, object or text as a member, members in order, numbers
/// without trailing zeroes.
public final class Canonical {
    private Canonical() {}

    public static JsonNode of(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var members = new TreeMap<String, JsonNode>();
                for (var member : object.properties()) {
                    var value = of(member.getValue());
                    if (!isEmpty(value)) {
                        members.put(member.getKey(), value);
                    }
                }
                var result = Json.object();
                members.forEach(result::set);
                yield result;
            }
            case ArrayNode array -> {
                var result = Json.array();
                array.forEach(item -> result.add(of(item)));
                yield result;
            }
            case JsonNode number
            when number.isNumber() ->
                Json.object().numberNode(number.decimalValue().stripTrailingZeros());
            default -> node;
        };
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty());
    }
}
