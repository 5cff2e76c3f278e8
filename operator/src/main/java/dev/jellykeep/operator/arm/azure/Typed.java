package dev.jellykeep.operator.arm.azure;

import com.azure.resourcemanager.appcontainers.models.ManagedEnvironment;
import com.azure.resourcemanager.appcontainers.models.ReplicaContainer;
import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Environment;
import dev.jellykeep.operator.arm.Replica;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From the SDK's models, all of whose getters may give null, to what the operator needs.
final class Typed {
    private Typed() {}

    static Replica replica(com.azure.resourcemanager.appcontainers.models.Replica replica) {
        return new Replica(
                text(replica.name()),
                Optional.ofNullable(replica.createdTime())
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                text(replica.runningState()),
                text(replica.runningStateDetails()),
                containers(replica.initContainers()),
                containers(replica.containers()));
    }

    static Environment environment(ManagedEnvironment environment) {
        var profiles = environment.workloadProfiles();
        return new Environment(
                text(environment.kind()),
                profiles == null
                        ? List.of()
                        : profiles.stream()
                                .map(profile -> new Environment.WorkloadProfile(
                                        text(profile.name()), text(profile.workloadProfileType())))
                                .toList());
    }

    private static List<ContainerStatus> containers(@Nullable List<ReplicaContainer> containers) {
        return containers == null
                ? List.of()
                : containers.stream()
                        .map(container -> new ContainerStatus(
                                text(container.name()),
                                Boolean.TRUE.equals(container.ready()),
                                container.restartCount() == null ? 0 : container.restartCount(),
                                text(container.runningState()),
                                text(container.runningStateDetails())))
                        .toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
