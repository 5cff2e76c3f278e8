package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.arm.ContainerAppsApi;
import dev.jellykeep.operator.desired.AgentRelease;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// What every reconcile works with.
///
/// @param places opens a policy's folder in Blob
/// @param mayWrite false: another operator leads, and nothing is sent
/// @param maxRollouts how many injected apps may get another template at the same time
public record Surroundings(
        ContainerAppsApi arm,
        Places places,
        AgentRelease release,
        InstantSource clock,
        BooleanSupplier mayWrite,
        int maxRollouts) {
    /// Unless somebody says otherwise.
    public static final int USUAL_ROLLOUTS = 10;
}
