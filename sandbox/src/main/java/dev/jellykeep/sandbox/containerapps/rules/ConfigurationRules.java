package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.Locale;
import java.util.Set;

/// What an app's configuration and identity may be like.
final class ConfigurationRules {
    private static final Set<String> MODES = Set.of("", "single", "multiple");
    private static final Set<String> LIFECYCLES = Set.of("", "init", "main", "none", "all");
    private static final int MOST_PORTS = 5;

    private ConfigurationRules() {}

    static void check(ObjectNode app, Set<String> secrets) {
        var configuration = Json.at(app, "properties", "configuration");
        var mode = Json.text(configuration, "activeRevisionsMode").toLowerCase(Locale.ROOT);
        if (!MODES.contains(mode)) {
            throw ArmRefusal.field("configuration.activeRevisionsMode", "Unknown mode '" + mode + "'.");
        }
        for (var registry : ContainerRules.arrayOf("configuration.registries", configuration.path("registries"))) {
            var secret = Json.text(registry, "passwordSecretRef");
            if (!secret.isEmpty()) {
                SecretRules.reference(secrets, secret, "configuration.registries");
            }
        }
        TemplateRules.whole("configuration.maxInactiveRevisions", configuration.path("maxInactiveRevisions"), 0, 100);
        ingress(configuration.path("ingress"));
        identities(app, configuration);
    }

    private static void ingress(JsonNode ingress) {
        TemplateRules.whole("configuration.ingress.targetPort", ingress.path("targetPort"), 0, 65535);
        if (ingress.path("additionalPortMappings").size() > MOST_PORTS) {
            throw ArmRefusal.field(
                    "configuration.ingress.additionalPortMappings", "At most " + MOST_PORTS + " ports are allowed.");
        }
        var weights = 0L;
        for (var traffic : ContainerRules.arrayOf("configuration.ingress.traffic", ingress.path("traffic"))) {
            weights += traffic.path("weight").asLong(0);
        }
        if (!ingress.path("traffic").isEmpty() && weights != 100) {
            throw ArmRefusal.field(
                    "configuration.ingress.traffic", "The weights must add up to 100, not " + weights + ".");
        }
    }

    private static void identities(ObjectNode app, JsonNode configuration) {
        var settings = configuration.path("identitySettings");
        for (var setting : ContainerRules.arrayOf("configuration.identitySettings", settings)) {
            var lifecycle = Json.text(setting, "lifecycle").toLowerCase(Locale.ROOT);
            if (!LIFECYCLES.contains(lifecycle)) {
                throw ArmRefusal.field(
                        "configuration.identitySettings.lifecycle", "Unknown lifecycle '" + lifecycle + "'.");
            }
            if (!AssignedIdentities.of(app).has(Json.text(setting, "identity"))) {
                throw ArmRefusal.field(
                        "configuration.identitySettings.identity",
                        "The identity '" + Json.text(setting, "identity") + "' isn't assigned to the app.");
            }
        }
    }
}
