package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// What an environment offers its apps.
///
/// @param profiles empty: consumption-only
public record EnvironmentFacts(List<Profile> profiles) {
    public EnvironmentFacts {
        profiles = List.copyOf(profiles);
    }

    /// A workload profile.
    ///
    /// @param type `Consumption`, `D4`, `E8` …
    public record Profile(String name, String type) {}

    /// Reads what ARM answered to the environment's GET.
    public static EnvironmentFacts of(JsonNode environment) {
        return new EnvironmentFacts(Members.list(environment.path("properties"), "workloadProfiles").stream()
                .map(each -> new Profile(
                        each.path("name").asText(),
                        each.path("workloadProfileType").asText()))
                .toList());
    }

    Optional<Profile> profile(String name) {
        return profiles.stream()
                .filter(profile -> profile.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
