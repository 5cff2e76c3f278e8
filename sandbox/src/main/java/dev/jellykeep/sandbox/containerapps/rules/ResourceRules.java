package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import java.math.BigDecimal;
import java.util.List;

/// CPU and memory of a template (`container-apps.md` §5.2).
public final class ResourceRules {
    private static final BigDecimal STEP = new BigDecimal("0.25");
    private static final BigDecimal MEMORY_PER_CPU = BigDecimal.TWO;

    private ResourceRules() {}

    static void check(List<ObjectNode> init, List<ObjectNode> containers, Profile profile, Settings settings) {
        for (var container : init) {
            noEphemeralStorage(container, settings);
        }
        for (var container : containers) {
            noEphemeralStorage(container, settings);
        }
        var total = total(containers);
        if (profile.consumption() ? !isPair(total, profile) : !fits(total, profile)) {
            throw ArmRefusal.of(
                    400,
                    "ContainerAppInvalidResourceTotal",
                    "The total requested CPU and memory resources for this application (CPU: " + total.cpu()
                            + ", memory: " + total.memory() + "Gi) is invalid. Total CPU and memory for all containers"
                            + " defined in a Container App must add up to one of the CPU - Memory combinations of its"
                            + " workload profile, at most [cpu: " + profile.cpu() + ", memory: " + profile.memory()
                            + "Gi].");
        }
        for (var container : init) {
            var one =
                    Amounts.of("template.initContainers." + Json.text(container, "name"), container.path("resources"));
            if (one.cpu().compareTo(total.cpu()) > 0 || one.memory().compareTo(total.memory()) > 0) {
                throw ArmRefusal.of(
                        400,
                        "ContainerAppInitContainersInvalidCpu",
                        "The init container '" + Json.text(container, "name") + "' is invalid: an init container can"
                                + " not be allocated more CPU than the total CPU allocated for all app containers ("
                                + one.cpu() + " of " + total.cpu() + ", " + one.memory() + "Gi of " + total.memory()
                                + "Gi).");
            }
        }
    }

    /// What all app containers have together.
    public static Amounts total(List<ObjectNode> containers) {
        return containers.stream()
                .map(container ->
                        Amounts.of("template.containers." + Json.text(container, "name"), container.path("resources")))
                .reduce(Amounts.NONE, Amounts::plus);
    }

    private static boolean isPair(Amounts total, Profile profile) {
        return total.cpu().remainder(STEP).signum() == 0
                && total.cpu().multiply(MEMORY_PER_CPU).compareTo(total.memory()) == 0
                && fits(total, profile);
    }

    private static boolean fits(Amounts total, Profile profile) {
        return total.cpu().compareTo(profile.cpu()) <= 0 && total.memory().compareTo(profile.memory()) <= 0;
    }

    private static void noEphemeralStorage(ObjectNode container, Settings settings) {
        if (settings.has(Quirk.EPHEMERAL_STORAGE_REFUSED)
                && Json.present(Json.at(container, "resources", "ephemeralStorage"))) {
            throw ArmRefusal.field(
                    "template.containers." + Json.text(container, "name") + ".resources.ephemeralStorage",
                    "The field is read only and can't be set.");
        }
    }
}
