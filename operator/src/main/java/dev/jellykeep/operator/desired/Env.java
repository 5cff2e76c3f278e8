package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Variables of a container. ARM's GET leaves out `value` where it is empty.
final class Env {
    private Env() {}

    static @Nullable JsonNode entry(JsonNode container, String name) {
        return Members.list(container, "env").stream()
                .filter(entry -> Members.name(entry).equals(name))
                .findFirst()
                .orElse(null);
    }

    /// Null where the variable is absent, empty, or comes from a secret.
    static @Nullable String value(JsonNode container, String name) {
        JsonNode entry = entry(container, name);
        return entry == null ? null : Members.text(entry, "value");
    }

    /// Whether the value is known to Azure alone.
    static boolean isSecret(JsonNode container, String name) {
        JsonNode entry = entry(container, name);
        return entry != null && Members.text(entry, "secretRef") != null;
    }

    static ObjectNode plain(String name, String value) {
        return Members.JSON.objectNode().put("name", name).put("value", value);
    }

    static ObjectNode secret(String name, String secret) {
        return Members.JSON.objectNode().put("name", name).put("secretRef", secret);
    }
}
