package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads members of ARM's JSON, where absent, `null` and empty mean the same.
final class Members {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Members() {}

    static List<JsonNode> list(JsonNode parent, String name) {
        JsonNode array = parent.path(name);
        return array.isArray() ? array.valueStream().toList() : List.of();
    }

    static List<String> texts(JsonNode parent, String name) {
        return list(parent, name).stream().map(JsonNode::asText).toList();
    }

    static @Nullable String text(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }

    static String name(JsonNode part) {
        return part.path("name").asText();
    }
}
