package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.rules.Amounts;
import dev.jellykeep.sandbox.containerapps.rules.Profile;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;

/// Templates as GET shows them (`container-apps.md` §3.6).
final class TemplateView {
    private final World world;

    TemplateView(World world) {
        this.world = world;
    }

    ObjectNode show(JsonNode template, App app) {
        var shown = has(Quirk.DEFAULTS_SHOWN) ? Template.withDefaults(template) : (ObjectNode) template.deepCopy();
        if (has(Quirk.EPHEMERAL_STORAGE_ADDED)) {
            Template.addEphemeralStorage(shown);
        }
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : Json.objects(shown.path(list))) {
                container(container, list.equals("containers"));
            }
        }
        if (has(Quirk.EMPTY_ARRAYS_NULL)) {
            nullIfEmpty(shown, "initContainers");
            nullIfEmpty(shown, "volumes");
            nullIfEmpty(Json.section(shown, "scale"), "rules");
        }
        if (has(Quirk.HTTP_RULES_RENAMED)) {
            Json.objects(Json.at(shown, "scale", "rules")).forEach(TemplateView::renameHttp);
        }
        if (has(Quirk.DEFAULT_PROBES_SHOWN)) {
            defaultProbes(shown, app);
        }
        return shown;
    }

    private void container(ObjectNode container, boolean main) {
        if (has(Quirk.EMPTY_VALUES_OMITTED)) {
            for (var variable : Json.objects(container.path("env"))) {
                if (Json.text(variable, "value").isEmpty()) {
                    variable.remove("value");
                }
            }
        }
        if (main && has(Quirk.EMPTY_ARRAYS_NULL) && !Json.present(container.path("probes"))) {
            container.putArray("probes");
        }
        if (has(Quirk.MEMORY_NORMALISED)) {
            var resources = Json.section(container, "resources");
            resources.put("memory", Amounts.of("resources", resources).memoryText());
        }
        if (has(Quirk.ARRAY_ORDER_CHANGED)) {
            reverse(container.path("env"));
            reverse(container.path("volumeMounts"));
        }
    }

    private void defaultProbes(ObjectNode template, App app) {
        var port = Json.at(app.configuration(), "ingress", "targetPort").asInt(0);
        var consumption = world.environment(Json.text(app.properties(), "environmentId"))
                .map(environment ->
                        Profile.of(app.stored(), environment.stored()).identityInInit())
                .orElse(true);
        var containers = Json.objects(template.path("containers"));
        if (port == 0 || consumption || containers.isEmpty()) {
            return;
        }
        var main = containers.getFirst();
        var probes = main.path("probes") instanceof ArrayNode there ? there : main.putArray("probes");
        add(probes, "Startup", port, 1, 240, 3, 0);
        add(probes, "Readiness", port, 5, 48, 5, 3);
        add(probes, "Liveness", port, 10, 3, 1, 0);
    }

    private static void add(ArrayNode probes, String type, int port, int period, int failures, int timeout, int delay) {
        if (Json.objects(probes).stream()
                .anyMatch(probe -> Json.text(probe, "type").equalsIgnoreCase(type))) {
            return;
        }
        var probe = probes.addObject().put("type", type);
        probe.put("periodSeconds", period).put("failureThreshold", failures).put("timeoutSeconds", timeout);
        if (delay > 0) {
            probe.put("initialDelaySeconds", delay);
        }
        probe.putObject("tcpSocket").put("port", port);
    }

    private static void renameHttp(ObjectNode rule) {
        if (Json.text(rule, "custom", "type").toLowerCase(Locale.ROOT).equals("http")) {
            var custom = (ObjectNode) rule.remove("custom");
            custom.remove("type");
            rule.set("http", custom);
        }
    }

    private static void nullIfEmpty(ObjectNode object, String name) {
        if (object.path(name).isEmpty()) {
            object.putNull(name);
        }
    }

    private static void reverse(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var items = new ArrayList<JsonNode>();
            array.forEach(items::add);
            Collections.reverse(items);
            array.removeAll();
            array.addAll(items);
        }
    }

    private boolean has(Quirk quirk) {
        return world.settings().has(quirk);
    }
}
