package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.HashSet;
import java.util.Set;

/// Secrets, and references to them.
final class SecretRules {
    private SecretRules() {}

    /// The names of an app's secrets, each of which has a value, or a Key Vault address with an identity.
    static Set<String> names(JsonNode secrets) {
        var names = new HashSet<String>();
        for (var secret : ContainerRules.arrayOf("configuration.secrets", secrets)) {
            var name = Json.text(secret, "name");
            if (name.isEmpty() || !names.add(name)) {
                throw invalid("Secret names must be unique and not empty: '" + name + "'.");
            }
            if (!isComplete(secret)) {
                throw invalid("Container app secret(s) with name(s) '" + name
                        + "' are invalid: value or keyVaultUrl and identity should be provided.");
            }
        }
        return names;
    }

    static boolean isComplete(ObjectNode secret) {
        return !Json.text(secret, "value").isEmpty()
                || (!Json.text(secret, "keyVaultUrl").isEmpty()
                        && !Json.text(secret, "identity").isEmpty());
    }

    static void reference(Set<String> secrets, String name, String field) {
        if (!secrets.contains(name)) {
            throw ArmRefusal.of(
                    400,
                    "ContainerAppSecretRefNotFound",
                    "SecretRef '" + name + "' defined for '" + field + "' not found.");
        }
    }

    static ArmRefusal invalid(String message) {
        return ArmRefusal.of(400, "ContainerAppSecretInvalid", message);
    }
}
