package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.settings.EcosystemVariable;
import dev.jellykeep.contract.settings.Setting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What people may see of a container. Only values of our own settings are shown: others may be
/// passwords.
final class Shown {
    private static final String HIDDEN = "(a value that isn't shown)";

    private Shown() {}

    static @Nullable JsonNode variable(@Nullable JsonNode entry) {
        if (entry == null) {
            return null;
        }
        String secret = Members.text(entry, "secretRef");
        if (secret != null) {
            return Members.JSON.objectNode().put("secretRef", secret);
        }
        String value = Members.text(entry, "value");
        return Members.JSON.textNode(value == null ? "" : isSetting(Members.name(entry)) ? value : HIDDEN);
    }

    /// The whole body of a patch.
    static ObjectNode body(ObjectNode body) {
        ObjectNode copy = body.deepCopy();
        new AppTree(copy)
                .allContainers()
                .flatMap(container -> Members.list(container, "env").stream())
                .filter(entry -> Members.text(entry, "value") != null && !isSetting(Members.name(entry)))
                .forEach(entry -> ((ObjectNode) entry).put("value", HIDDEN));
        return copy;
    }

    /// Name and image of somebody else's container.
    static ObjectNode foreign(JsonNode container) {
        return Members.JSON
                .objectNode()
                .put("name", Members.name(container))
                .put("image", container.path("image").asText());
    }

    private static boolean isSetting(String name) {
        return name.equals(EcosystemVariable.AZURE_CLIENT_ID.name())
                || Arrays.stream(Setting.values())
                        .anyMatch(setting -> setting.env().equals(name));
    }
}
