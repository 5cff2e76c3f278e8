package dev.jellykeep.sandbox.containerapps.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Reading and shaping of JSON trees. Numbers keep their digits; a member given twice is refused.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /// Reads one object.
    ///
    /// @throws NotAnObject with the reason, if the text is anything else
    public static ObjectNode object(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new NotAnObject("The body must be a JSON object.");
        } catch (JsonProcessingException e) {
            throw new NotAnObject("The body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /// The member at the end of a path; a missing node where the path ends early.
    public static JsonNode at(JsonNode from, String... path) {
        var node = from;
        for (var name : path) {
            node = node.path(name);
        }
        return node;
    }

    /// The text at the end of a path, empty where there is none or it is `null`.
    public static String text(JsonNode from, String... path) {
        var node = at(from, path);
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    /// The object at the end of a path, made where it is missing.
    public static ObjectNode section(ObjectNode from, String... path) {
        var node = from;
        for (var name : path) {
            node = node.path(name) instanceof ObjectNode there ? there : node.putObject(name);
        }
        return node;
    }

    /// The objects in an array; none where it is missing or `null`.
    public static List<ObjectNode> objects(JsonNode array) {
        var objects = new ArrayList<ObjectNode>();
        for (var node : array) {
            if (node instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /// Whether there is a value: neither missing nor `null`.
    public static boolean present(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /// Not a JSON object; the message says why.
    public static final class NotAnObject extends RuntimeException {
        NotAnObject(String message) {
            super(message);
        }
    }
}
