package dev.jellykeep.operator.desired;

import org.jspecify.annotations.Nullable;

/// On what an app's replicas run. Only on the Consumption profile of an environment with workload
/// profiles do init containers get tokens of a managed identity (Microsoft's page on managed
/// identities, "Limitations").
sealed interface Hosting {
    String CONSUMPTION = "Consumption";

    /// An environment without workload profiles.
    record ConsumptionOnly() implements Hosting {}

    record ConsumptionProfile() implements Hosting {}

    /// @param type `D4`; null where it isn't known
    record Dedicated(String profile, @Nullable String type) implements Hosting {}

    record Unknown() implements Hosting {}

    static Hosting of(AppTree app, @Nullable EnvironmentFacts environment) {
        String profile = Members.text(app.properties(), "workloadProfileName");
        if (environment == null) {
            return profile == null ? new Unknown() : named(profile, null);
        }
        if (environment.profiles().isEmpty()) {
            return new ConsumptionOnly();
        }
        String name = profile == null ? CONSUMPTION : profile;
        return named(
                name,
                environment.profile(name).map(EnvironmentFacts.Profile::type).orElse(null));
    }

    private static Hosting named(String profile, @Nullable String type) {
        return (type == null ? profile : type).equalsIgnoreCase(CONSUMPTION)
                ? new ConsumptionProfile()
                : new Dedicated(profile, type);
    }
}
