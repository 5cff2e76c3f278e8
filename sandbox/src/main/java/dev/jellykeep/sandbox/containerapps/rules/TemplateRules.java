package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What a template may be like.
///
/// @param secrets the app's
record TemplateRules(Set<String> secrets, Profile profile, Settings settings) {
    private static final Set<String> STORAGE = Set.of("emptydir", "azurefile", "nfsazurefile", "secret");
    private static final long MOST_GRACE = 600;
    private static final long MOST_REPLICAS = 1000;

    void check(JsonNode template) {
        var volumes = volumes(template.path("volumes"));
        var rules = new ContainerRules(volumes, secrets, settings);
        var names = new HashSet<String>();
        for (var container : ContainerRules.arrayOf("template.initContainers", template.path("initContainers"))) {
            var field = "template.initContainers." + Json.text(container, "name");
            Names.container(field, Json.text(container, "name"), names);
            rules.check(field, container);
            ProbeRules.none(field, container);
        }
        for (var container : ContainerRules.arrayOf("template.containers", template.path("containers"))) {
            var field = "template.containers." + Json.text(container, "name");
            Names.container(field, Json.text(container, "name"), names);
            rules.check(field, container);
            ProbeRules.check(field, container);
        }
        if (template.path("containers").isEmpty()) {
            throw ArmRefusal.field("template.containers", "At least one container is required.");
        }
        ResourceRules.check(
                Json.objects(template.path("initContainers")),
                Json.objects(template.path("containers")),
                profile,
                settings);
        whole("template.terminationGracePeriodSeconds", template.path("terminationGracePeriodSeconds"), 0, MOST_GRACE);
        scale(template.path("scale"));
    }

    private Set<String> volumes(JsonNode volumes) {
        var names = new HashSet<String>();
        for (var volume : ContainerRules.arrayOf("template.volumes", volumes)) {
            Names.volume(Json.text(volume, "name"), names);
            var field = "template.volumes." + Json.text(volume, "name");
            var type = Json.text(volume, "storageType").toLowerCase(Locale.ROOT);
            if (!type.isEmpty() && !STORAGE.contains(type)) {
                throw ArmRefusal.field(field + ".storageType", "Unknown storage type '" + type + "'.");
            }
            if (type.endsWith("azurefile") && Json.text(volume, "storageName").isEmpty()) {
                throw ArmRefusal.field(field + ".storageName", "A storage name is required.");
            }
            for (var secret : ContainerRules.arrayOf(field + ".secrets", volume.path("secrets"))) {
                SecretRules.reference(secrets, Json.text(secret, "secretRef"), field);
            }
        }
        return names;
    }

    private void scale(JsonNode scale) {
        whole("template.scale.minReplicas", scale.path("minReplicas"), 0, MOST_REPLICAS);
        whole("template.scale.maxReplicas", scale.path("maxReplicas"), 1, MOST_REPLICAS);
        whole("template.scale.cooldownPeriod", scale.path("cooldownPeriod"), 0, Integer.MAX_VALUE);
        whole("template.scale.pollingInterval", scale.path("pollingInterval"), 0, Integer.MAX_VALUE);
        if (scale.path("minReplicas").asLong(0) > scale.path("maxReplicas").asLong(10)) {
            throw ArmRefusal.field("template.scale", "minReplicas can't be greater than maxReplicas.");
        }
    }

    static void whole(String field, JsonNode value, long least, long most) {
        if (Json.present(value)
                && !(value.isIntegralNumber() && value.longValue() >= least && value.longValue() <= most)) {
            throw ArmRefusal.field(field, value + " is not a whole number from " + least + " to " + most + ".");
        }
    }
}
