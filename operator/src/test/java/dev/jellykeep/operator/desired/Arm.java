package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What ARM does with a PATCH, and what its GET shows afterwards.
final class Arm {
    private static final Set<String> TEMPLATE =
            Set.of("revisionSuffix", "initContainers", "containers", "terminationGracePeriodSeconds", "scale");

    private Arm() {}

    /// @param otherWords whether what we have sent comes back in other words: numbers, case
    /// @throws AssertionError for what the service would refuse, or what isn't ours to send
    static JsonNode patch(JsonNode app, JsonNode body, boolean otherWords) {
        JsonNode sent = Cases.wire(body);
        check(sent);
        return shown(MergePatch.apply(app, sent), otherWords);
    }

    private static void check(JsonNode body) {
        require(names(body).equals(Set.of("properties")), "not ours: " + names(body));
        require(names(body.path("properties")).equals(Set.of("template")), "not ours: " + body);
        JsonNode template = body.at("/properties/template");
        require(TEMPLATE.containsAll(names(template)), "not ours: " + names(template));
        require(template.path("revisionSuffix").isNull(), "a revision with this suffix already exists");
        Set<String> containers = new HashSet<>();
        for (String list : List.of("initContainers", "containers")) {
            require(template.path(list).isArray(), list + " isn't complete");
            template.path(list).forEach(each -> {
                require(containers.add(each.path("name").asText()), "two containers " + each.path("name"));
                container(each);
            });
        }
    }

    private static void container(JsonNode container) {
        require(!container.path("resources").has("ephemeralStorage"), "ephemeralStorage is read-only");
        distinct(container.path("env"), "name");
        distinct(container.path("volumeMounts"), "mountPath");
        container
                .path("env")
                .forEach(entry -> require(
                        entry.path("value").isTextual()
                                || entry.path("secretRef").isTextual(),
                        "neither value nor secretRef: " + entry));
    }

    private static void distinct(JsonNode list, String member) {
        Set<String> seen = new HashSet<>();
        list.forEach(each -> require(seen.add(each.path(member).asText()), "twice: " + each.path(member)));
    }

    static ObjectNode shown(JsonNode app, boolean otherWords) {
        ObjectNode shown = app.deepCopy();
        if (!(shown.at("/properties/template") instanceof ObjectNode template)) {
            return shown;
        }
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode each : template.path(list)) {
                show((ObjectNode) each, otherWords && Ours.hasOurName(each));
            }
        }
        if (template.path("initContainers").isEmpty()) {
            template.putNull("initContainers");
        }
        if (!template.path("revisionSuffix").isTextual()) {
            template.put("revisionSuffix", "");
        }
        return shown;
    }

    private static void show(ObjectNode container, boolean otherWords) {
        if (container.path("resources") instanceof ObjectNode resources) {
            resources.put("ephemeralStorage", "1Gi");
            if (otherWords) {
                long bytes = Amount.of(container).memory();
                resources.put("memory", bytes / (1 << 20) + "Mi");
                resources.put("cpu", Amount.of(container).cpu().setScale(4));
            }
        }
        container.path("env").forEach(entry -> {
            if (entry.path("value").asText().isEmpty()) {
                ((ObjectNode) entry).remove("value");
            }
        });
        if (otherWords && container.path("env") instanceof ArrayNode env) {
            env.add(env.remove(0));
            container.putArray("command");
            container.put("imageType", "ContainerImage");
            container
                    .path("probes")
                    .forEach(probe -> ((ObjectNode) probe)
                            .put("type", probe.path("type").asText().toLowerCase(Locale.ROOT))
                            .putNull("terminationGracePeriodSeconds"));
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError("ARM refuses: " + message);
        }
    }
}
