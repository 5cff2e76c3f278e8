package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/// JSON as a Bicep expression (Microsoft's pages "Bicep data types" and "Bicep file structure and syntax").
final class Bicep {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// Quoted as names of members, which is always allowed.
    private static final Set<String> LITERALS = Set.of("true", "false", "null", "for", "if");

    private static final String STEP = "  ";
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;

    private final StringBuilder text = new StringBuilder();

    private Bicep() {}

    static String of(JsonNode value) {
        Bicep bicep = new Bicep();
        bicep.value(value, "");
        return bicep.text.toString();
    }

    private void value(JsonNode value, String indent) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value, indent);
            case ARRAY -> array(value, indent);
            case STRING -> text.append(quoted(value.asText()));
            // Bicep has whole numbers of 64 bits alone
            case NUMBER ->
                text.append(
                        value.isIntegralNumber() && value.canConvertToLong()
                                ? value.asText()
                                : "json(" + quoted(value.asText()) + ")");
            case BOOLEAN, NULL -> text.append(value);
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON: " + value.getNodeType());
        }
    }

    private void object(JsonNode object, String indent) {
        if (object.isEmpty()) {
            text.append("{}");
            return;
        }
        text.append("{\n");
        object.properties().forEach(member -> {
            text.append(indent).append(STEP).append(name(member.getKey())).append(": ");
            value(member.getValue(), indent + STEP);
            text.append('\n');
        });
        text.append(indent).append('}');
    }

    private void array(JsonNode array, String indent) {
        if (array.isEmpty()) {
            text.append("[]");
            return;
        }
        text.append("[\n");
        array.forEach(each -> {
            text.append(indent).append(STEP);
            value(each, indent + STEP);
            text.append('\n');
        });
        text.append(indent).append(']');
    }

    private static String name(String name) {
        return NAME.matcher(name).matches() && !LITERALS.contains(name) ? name : quoted(name);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\'' -> quoted.append("\\'");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '$' -> quoted.append(value.startsWith("{", i + 1) ? "\\$" : "$");
                default -> {
                    if (c < FIRST_PRINTABLE || c == DELETE) {
                        quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('\'').toString();
    }
}
