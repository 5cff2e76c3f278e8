package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;

/// The probes that the service adds to the first container of an app with ingress, where the template
/// has none of their type; not on the Consumption profile of an environment with profiles
/// (`container-apps.md` §3.6).
final class DefaultProbes {
    private DefaultProbes() {}

    /// Adds them to a template.
    ///
    /// @param ingress the app's, missing or `null` for none
    static void add(ObjectNode template, JsonNode ingress) {
        var containers = Json.objects(template.path("containers"));
        var port = ingress.path("targetPort").asInt(0);
        if (containers.isEmpty() || port == 0) {
            return;
        }
        var main = containers.getFirst();
        add(main, "Startup", port, 0, 1, 240, 3);
        add(main, "Readiness", port, 3, 5, 48, 5);
        add(main, "Liveness", port, 0, 10, 3, 5);
    }

    private static void add(
            ObjectNode container, String type, int port, int delay, int period, int failures, int timeout) {
        var probes = container.path("probes").isArray() ? container.withArray("/probes") : container.putArray("probes");
        for (var probe : Json.objects(probes)) {
            if (Json.text(probe, "type").equalsIgnoreCase(type)) {
                return;
            }
        }
        var probe = probes.addObject().put("type", type);
        probe.put("initialDelaySeconds", delay)
                .put("periodSeconds", period)
                .put("failureThreshold", failures)
                .put("timeoutSeconds", timeout);
        probe.putObject("tcpSocket").put("port", port);
    }
}
