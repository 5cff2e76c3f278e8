package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// A structural schema's word on a document. Unknown fields are refused, as `kubectl` has the API server do.
final class Structure {
    private final List<String> problems = new ArrayList<>();

    private Structure() {}

    /// One sentence each, which begins with the field and Kubernetes' word for the problem; empty: all is well.
    static List<String> problems(JsonNode document, JsonNode schema) {
        Structure structure = new Structure();
        structure.properties("", document, schema, List.of("apiVersion", "kind", "metadata"));
        return structure.problems;
    }

    private void value(String path, JsonNode value, JsonNode schema) {
        String type = schema.path("type").asText();
        if (!isOf(type, value)) {
            problems.add(
                    path + ": Invalid value: " + value + ": must be of type " + type + ": write a " + example(type));
            return;
        }
        choice(path, value, schema);
        switch (type) {
            case "object" -> properties(path, value, schema, List.of());
            case "array" -> items(path, value, schema);
            case "string" -> text(path, value.asText(), schema);
            case "integer", "number" -> number(path, value, schema);
            default -> {}
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "number" -> value.isNumber();
            default -> throw new IllegalStateException("the schema has a type that isn't known here: " + type);
        };
    }

    private static String example(String type) {
        return switch (type) {
            case "boolean" -> "boolean, true or false";
            case "integer" -> "whole number without quotes";
            case "string" -> "string, in quotes where YAML would see a number";
            case "array" -> "list";
            default -> "value of that type";
        };
    }

    private void properties(String path, JsonNode value, JsonNode schema, List<String> known) {
        String below = path.isEmpty() ? "" : path + ".";
        JsonNode properties = schema.path("properties");
        value.properties().forEach(member -> {
            if (properties.has(member.getKey())) {
                value(below + member.getKey(), member.getValue(), properties.path(member.getKey()));
            } else if (!known.contains(member.getKey())) {
                problems.add(below + member.getKey() + ": unknown field: take it out, or write one of "
                        + String.join(", ", names(properties)));
            }
        });
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                problems.add(below + name.asText() + ": Required value: write it");
            }
        });
    }

    private static List<String> names(JsonNode properties) {
        return properties.properties().stream().map(each -> each.getKey()).toList();
    }

    private void items(String path, JsonNode value, JsonNode schema) {
        if (schema.has("maxItems") && value.size() > schema.path("maxItems").asInt()) {
            problems.add(path + ": Too many: " + value.size() + ": write at most " + schema.path("maxItems"));
        }
        if (schema.has("minItems") && value.size() < schema.path("minItems").asInt()) {
            problems.add(path + ": Invalid value: " + value.size() + ": write at least " + schema.path("minItems"));
        }
        for (int i = 0; i < value.size(); i++) {
            value(path + "[" + i + "]", value.path(i), schema.path("items"));
        }
    }

    private void choice(String path, JsonNode value, JsonNode schema) {
        if (!schema.has("enum")) {
            return;
        }
        List<JsonNode> choices =
                StreamSupport.stream(schema.path("enum").spliterator(), false).toList();
        if (!choices.contains(value)) {
            problems.add(path + ": Unsupported value: " + value + ": write one of "
                    + String.join(", ", choices.stream().map(JsonNode::asText).toList()));
        }
    }

    private void text(String path, String value, JsonNode schema) {
        int length = value.codePointCount(0, value.length());
        if (schema.has("maxLength") && length > schema.path("maxLength").asInt()) {
            problems.add(path + ": Too long: may not be more than " + schema.path("maxLength") + " characters");
        }
        if (schema.has("minLength") && length < schema.path("minLength").asInt()) {
            problems.add(path + ": Invalid value: \"" + value + "\": should be at least " + schema.path("minLength")
                    + " characters long");
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asText())
                        .matcher(value)
                        .find()) {
            problems.add(path + ": Invalid value: \"" + value + "\": should match " + schema.path("pattern"));
        }
    }

    private void number(String path, JsonNode value, JsonNode schema) {
        if (schema.has("minimum")
                && value.decimalValue().compareTo(schema.path("minimum").decimalValue()) < 0) {
            problems.add(path + ": Invalid value: " + value + ": should be greater than or equal to "
                    + schema.path("minimum").asLong());
        }
        if (schema.has("maximum")
                && value.decimalValue().compareTo(schema.path("maximum").decimalValue()) > 0) {
            problems.add(path + ": Invalid value: " + value + ": should be less than or equal to "
                    + schema.path("maximum").asLong());
        }
    }
}
