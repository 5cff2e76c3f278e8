package dev.jellykeep.operator.arm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One running copy of a revision.
///
/// @param created null where the service doesn't say
/// @param runningState `Running`, `NotRunning`, `Unknown` or something new; `""` where the service
///     doesn't say
/// @param initContainers in the order they run in
public record Replica(
        String name,
        @Nullable Instant created,
        String runningState,
        String runningStateDetails,
        List<ContainerStatus> initContainers,
        List<ContainerStatus> containers) {

    public Replica {
        initContainers = List.copyOf(initContainers);
        containers = List.copyOf(containers);
    }
}
