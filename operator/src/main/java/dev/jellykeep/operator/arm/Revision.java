package dev.jellykeep.operator.arm;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of an app's template. States are texts, since the service uses more than its
/// specification names (`RunningAtMaxScale`, `ActivationFailed`); `""` where it doesn't say. An inactive
/// revision may still be called `Healthy`: look at `active` first.
///
/// @param created null where the service doesn't say
/// @param replicas that exist
/// @param provisioningError ARM's words, or `""`
/// @param runningStateDetails why it isn't running, in free text, or `""`
/// @param images of its app containers, by their names; empty where the service doesn't say
public record Revision(
        String name,
        boolean active,
        @Nullable Instant created,
        int replicas,
        String healthState,
        String provisioningState,
        String runningState,
        String provisioningError,
        String runningStateDetails,
        Map<String, String> images) {
    public Revision {
        images = Map.copyOf(images);
    }

    /// One whose images don't matter.
    public Revision(
            String name,
            boolean active,
            @Nullable Instant created,
            int replicas,
            String healthState,
            String provisioningState,
            String runningState,
            String provisioningError,
            String runningStateDetails) {
        this(
                name,
                active,
                created,
                replicas,
                healthState,
                provisioningState,
                runningState,
                provisioningError,
                runningStateDetails,
                Map.of());
    }
}
