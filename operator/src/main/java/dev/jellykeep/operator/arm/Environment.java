package dev.jellykeep.operator.arm;

import java.util.List;

/// What an app's environment offers.
///
/// @param kind `""` where the service doesn't say
/// @param workloadProfiles empty in an environment of the consumption-only sort, whose init containers
///     get no identity
public record Environment(String kind, List<WorkloadProfile> workloadProfiles) {
    /// Hardware that apps may ask for by name.
    ///
    /// @param type `Consumption`, or one of the dedicated ones such as `D4`
    public record WorkloadProfile(String name, String type) {}

    public Environment {
        workloadProfiles = List.copyOf(workloadProfiles);
    }
}
