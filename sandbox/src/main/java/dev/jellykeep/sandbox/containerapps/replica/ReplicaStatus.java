package dev.jellykeep.sandbox.containerapps.replica;

import java.util.List;
import java.util.stream.Stream;

/// What a replica is like.
///
/// @param gone it has ended, and nothing is listed of it any more
public record ReplicaStatus(List<ContainerStatus> initContainers, List<ContainerStatus> containers, boolean gone) {
    public static final ReplicaStatus GONE = new ReplicaStatus(List.of(), List.of(), true);

    public ReplicaStatus {
        initContainers = List.copyOf(initContainers);
        containers = List.copyOf(containers);
    }

    /// Ready to serve: every app container is started and ready.
    public boolean ready() {
        return !gone
                && !containers.isEmpty()
                && containers.stream().allMatch(container -> container.ready() && container.started());
    }

    /// Every container, init containers first.
    public Stream<ContainerStatus> all() {
        return Stream.concat(initContainers.stream(), containers.stream());
    }
}
