package dev.jellykeep.operator.arm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version of an app's template. States are texts, since the service uses more than its
/// specification names (`RunningAtMaxScale`, `ActivationFailed`); `""` where it doesn't say. An inactive
/// revision may still be called `Healthy`: look at `active` first.
///
/// @param created null where the service doesn't say
/// @param replicas that exist
/// @param provisioningError ARM's words, or `""`
/// @param runningStateDetails why it isn't running, in free text, or `""`
public record Revision(
        String name,
        boolean active,
        @Nullable Instant created,
        int replicas,
        String healthState,
        String provisioningState,
        String runningState,
        String provisioningError,
        String runningStateDetails) {}
