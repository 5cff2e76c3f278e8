package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.settings.EcosystemVariable;
import dev.jellykeep.contract.settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What people may see of a container. Of ours only values of our own settings are shown, of others'
/// only what can't be a password: what isn't listed here is hidden, members that nobody knows yet included.
final class Shown {
    /// Stands for a value that comes back as it was found.
    static final String UNCHANGED = "<unchanged>";

    private static final String HIDDEN = "(a value that isn't shown)";
    private static final Set<String> PLAIN = Set.of("name", "image");

    /// Members whose parts are shown one by one, and which of those.
    private static final Map<String, Set<String>> PARTS = Map.of(
            "env", Set.of("name", "secretRef"),
            "resources", Set.of("cpu", "memory"),
            "volumeMounts", Set.of("volumeName", "mountPath", "subPath"),
            "probes", Set.of("type"));

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

    /// A member of ours as somebody else has changed it: numbers, and texts that we would write too.
    static JsonNode changed(JsonNode live, JsonNode sent) {
        if (live.isObject()) {
            ObjectNode shown = Members.JSON.objectNode();
            sent.properties().forEach(member -> {
                if (live.has(member.getKey())) {
                    shown.set(member.getKey(), changed(live.path(member.getKey()), member.getValue()));
                }
            });
            return shown;
        }
        boolean plain = live.isTextual() ? live.asText().equalsIgnoreCase(sent.asText()) : live.isValueNode();
        return plain || (live.isContainerNode() && live.isEmpty()) || live.isMissingNode()
                ? live
                : Members.JSON.textNode(HIDDEN);
    }

    /// The whole body of a patch, with {@link #UNCHANGED} for what of other containers isn't shown. What is ours we
    /// have made ourselves.
    static ObjectNode body(ObjectNode body) {
        return eachForeign(body, Shown::container);
    }

    /// The same with nothing but name and image of other containers.
    static ObjectNode outline(ObjectNode body) {
        return eachForeign(body, Shown::foreign);
    }

    private static ObjectNode eachForeign(ObjectNode body, UnaryOperator<JsonNode> shown) {
        ObjectNode copy = body.deepCopy();
        JsonNode template = copy.at("/properties/template");
        for (String list : List.of("initContainers", "containers")) {
            if (template.path(list) instanceof ArrayNode containers) {
                for (int i = 0; i < containers.size(); i++) {
                    if (!Ours.hasOurName(containers.get(i))) {
                        containers.set(i, shown.apply(containers.get(i)));
                    }
                }
            }
        }
        return copy;
    }

    private static ObjectNode container(JsonNode container) {
        ObjectNode shown = Members.JSON.objectNode();
        container.properties().forEach(member -> {
            Set<String> parts = PARTS.get(member.getKey());
            shown.set(
                    member.getKey(),
                    PLAIN.contains(member.getKey()) && member.getValue().isTextual()
                            ? member.getValue()
                            : parts == null ? hidden(member.getValue()) : parts(member.getValue(), parts));
        });
        return shown;
    }

    private static JsonNode parts(JsonNode value, Set<String> shown) {
        if (value.isArray()) {
            ArrayNode all = Members.JSON.arrayNode();
            value.forEach(each -> all.add(parts(each, shown)));
            return all;
        }
        if (!value.isObject()) {
            return hidden(value);
        }
        ObjectNode all = Members.JSON.objectNode();
        value.properties()
                .forEach(part -> all.set(
                        part.getKey(),
                        shown.contains(part.getKey()) && part.getValue().isValueNode()
                                ? part.getValue()
                                : hidden(part.getValue())));
        return all;
    }

    /// What is empty is no secret, and tells which empty values are sent.
    private static JsonNode hidden(JsonNode value) {
        boolean empty = value.isNull() || (value.isContainerNode() && value.isEmpty());
        return empty || (value.isTextual() && value.asText().isEmpty()) ? value : Members.JSON.textNode(UNCHANGED);
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
