package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schema's rules in CEL (`x-kubernetes-validations`), evaluated as the API server does when a resource is created.
final class Rules {
    private Rules() {}

    /// Messages of the rules that don't hold, in the schema's order; empty: all hold.
    ///
    /// @param document whose structure the schema accepts
    static List<String> broken(JsonNode document, JsonNode schema) {
        List<String> messages = new ArrayList<>();
        walk(document, schema, messages);
        return messages;
    }

    private static void walk(JsonNode value, JsonNode schema, List<String> messages) {
        schema.path("x-kubernetes-validations").forEach(rule -> {
            if (!holds(rule.path("rule").asText(), value)) {
                messages.add(rule.path("message").asText());
            }
        });
        schema.path("properties").properties().forEach(member -> {
            if (value.has(member.getKey())) {
                walk(value.path(member.getKey()), member.getValue(), messages);
            }
        });
        if (value.isArray()) {
            value.forEach(each -> walk(each, schema.path("items"), messages));
        }
    }

    /// A rule that can't be evaluated doesn't hold; one about a change does, since nothing was there before.
    private static boolean holds(String rule, JsonNode value) {
        try {
            return CelRule.compile(rule).holds(plain(value));
        } catch (CelEvaluationException e) {
            return false;
        } catch (CelValidationException e) {
            throw new IllegalStateException("a rule of the schema can't be read: " + rule, e);
        }
    }

    /// As CEL knows it.
    private static @Nullable Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                value.properties().forEach(each -> map.put(each.getKey(), plain(each.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                value.forEach(each -> list.add(plain(each)));
                yield list;
            }
            case STRING -> value.asText();
            case BOOLEAN -> value.asBoolean();
            case NUMBER -> value.canConvertToExactIntegral() ? (Object) value.asLong() : (Object) value.asDouble();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }
}
