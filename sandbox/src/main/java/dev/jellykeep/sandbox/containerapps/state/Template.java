package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Canonical;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.rules.Amounts;
import dev.jellykeep.sandbox.containerapps.rules.ResourceRules;

/// Templates with what the service adds, and when two are the same.
final class Template {
    private Template() {}

    /// A copy with the defaults of scale, resources and volumes.
    static ObjectNode withDefaults(JsonNode template) {
        var result = template instanceof ObjectNode object ? object.deepCopy() : Json.object();
        var scale = Json.section(result, "scale");
        putMissing(scale, "minReplicas", 0);
        putMissing(scale, "maxReplicas", 10);
        putMissing(scale, "cooldownPeriod", 300);
        putMissing(scale, "pollingInterval", 30);
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : Json.objects(result.path(list))) {
                var resources = Json.section(container, "resources");
                if (!Json.present(resources.path("cpu"))) {
                    resources.put("cpu", Amounts.USUAL.cpu());
                }
                if (!Json.present(resources.path("memory"))) {
                    resources.put("memory", Amounts.USUAL.memoryText());
                }
            }
        }
        for (var volume : Json.objects(result.path("volumes"))) {
            if (Json.text(volume, "storageType").isEmpty()) {
                volume.put("storageType", "EmptyDir");
            }
        }
        return result;
    }

    /// Adds the read-only member that tells the disk's size.
    static void addEphemeralStorage(JsonNode template) {
        var size =
                ResourceRules.total(Json.objects(template.path("containers"))).ephemeralStorage();
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : Json.objects(template.path(list))) {
                Json.section(container, "resources").put("ephemeralStorage", size);
            }
        }
    }

    static void dropEphemeralStorage(JsonNode template) {
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : Json.objects(template.path(list))) {
                if (container.path("resources") instanceof ObjectNode resources) {
                    resources.remove("ephemeralStorage");
                }
            }
        }
    }

    /// Whether a write leaves it the same: but for what means the same, and for a suffix that isn't asked for.
    static boolean same(JsonNode before, JsonNode after) {
        var suffix = Json.text(after, "revisionSuffix");
        return (suffix.isEmpty() || suffix.equals(Json.text(before, "revisionSuffix")))
                && comparable(before).equals(comparable(after));
    }

    private static JsonNode comparable(JsonNode template) {
        var result = withDefaults(template);
        result.remove("revisionSuffix");
        dropEphemeralStorage(result);
        return Canonical.of(result);
    }

    private static void putMissing(ObjectNode object, String name, int value) {
        if (!Json.present(object.path(name))) {
            object.put(name, value);
        }
    }
}
