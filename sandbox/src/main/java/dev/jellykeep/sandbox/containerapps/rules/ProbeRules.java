package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Probes: one of each type, over HTTP or TCP, in ranges (`container-apps.md` §5.2).
final class ProbeRules {
    private static final Set<String> TYPES = Set.of("liveness", "readiness", "startup");

    private ProbeRules() {}

    static void check(String field, ObjectNode container) {
        var types = new HashSet<String>();
        for (var probe : ContainerRules.arrayOf(field + ".probes", container.path("probes"))) {
            var type = Json.text(probe, "type").toLowerCase(Locale.ROOT);
            if (!TYPES.contains(type)) {
                throw ArmRefusal.field(field + ".probes.type", "Unknown probe type '" + type + "'.");
            }
            if (!types.add(type)) {
                throw ArmRefusal.field(field + ".probes", "More than one probe of type '" + type + "'.");
            }
            check(field + ".probes." + type, probe, type);
        }
    }

    static void none(String field, ObjectNode container) {
        if (!container.path("probes").isEmpty()) {
            throw ArmRefusal.field(field + ".probes", "An init container can't have probes.");
        }
    }

    private static void check(String field, ObjectNode probe, String type) {
        if (Json.present(probe.path("httpGet")) == Json.present(probe.path("tcpSocket"))) {
            throw ArmRefusal.field(field, "Exactly one of httpGet and tcpSocket must be provided.");
        }
        range(field, probe, "initialDelaySeconds", 0, 60);
        range(field, probe, "periodSeconds", 1, 240);
        range(field, probe, "timeoutSeconds", 1, 240);
        range(field, probe, "failureThreshold", 1, 240);
        range(field, probe, "successThreshold", 1, type.equals("readiness") ? 10 : 1);
        range(field, probe, "terminationGracePeriodSeconds", 0, 3600);
    }

    private static void range(String field, ObjectNode probe, String name, long least, long most) {
        var value = probe.path(name);
        if (Json.present(value)
                && !(value.isIntegralNumber() && value.longValue() >= least && value.longValue() <= most)) {
            throw ArmRefusal.field(
                    field + "." + name, value + " is not a whole number from " + least + " to " + most + ".");
        }
    }
}
