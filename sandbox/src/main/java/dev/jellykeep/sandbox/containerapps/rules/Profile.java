package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.math.BigDecimal;
import java.util.Map;

/// Where an app's replicas run.
///
/// @param consumption whether CPU and memory come in fixed pairs
/// @param hasProfiles whether the environment has workload profiles
/// @param cpu the most that a replica may have, in vCPU
/// @param memory the same in Gi
public record Profile(boolean consumption, boolean hasProfiles, BigDecimal cpu, BigDecimal memory) {
    private static final Map<String, Profile> DEDICATED = Map.of(
            "D4", dedicated(4, 16),
            "D8", dedicated(8, 32),
            "D16", dedicated(16, 64),
            "D32", dedicated(32, 128),
            "E4", dedicated(4, 32),
            "E8", dedicated(8, 64),
            "E16", dedicated(16, 128),
            "E32", dedicated(32, 256));

    /// The profile of an app in its environment.
    ///
    /// @throws ArmRefusal if the environment has none of that name
    public static Profile of(ObjectNode app, ObjectNode environment) {
        var wanted = Json.text(app, "properties", "workloadProfileName");
        var profiles = Json.objects(Json.at(environment, "properties", "workloadProfiles"));
        if (profiles.isEmpty()) {
            if (!wanted.isEmpty()) {
                throw unknown(wanted);
            }
            return new Profile(true, false, BigDecimal.valueOf(2), BigDecimal.valueOf(4));
        }
        var name = wanted.isEmpty() ? "Consumption" : wanted;
        var type = profiles.stream()
                .filter(profile -> Json.text(profile, "name").equalsIgnoreCase(name))
                .map(profile -> Json.text(profile, "workloadProfileType"))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        if (type.equalsIgnoreCase("Consumption")) {
            return new Profile(true, true, BigDecimal.valueOf(4), BigDecimal.valueOf(8));
        }
        var dedicated = DEDICATED.get(type);
        if (dedicated == null) {
            throw unknown(name);
        }
        return dedicated;
    }

    /// Whether init containers have an identity.
    public boolean identityInInit() {
        return consumption && hasProfiles;
    }

    private static Profile dedicated(int cpu, int memory) {
        return new Profile(false, true, BigDecimal.valueOf(cpu), BigDecimal.valueOf(memory));
    }

    private static ArmRefusal unknown(String name) {
        return ArmRefusal.of(
                400,
                "WorkloadProfileNotFound",
                "The environment has no workload profile '" + name + "' of a type that is known.");
    }
}
