package dev.jellykeep.sandbox.containerapps.replica;

import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus.RunningState;
import java.time.Duration;
import java.time.Instant;

/// A stretch of a container's life in which nothing changes.
///
/// @param until its end, {@link Instant#MAX} for none
record Phase(Instant until, ContainerStatus status) {

    static Phase running(Instant until, String name, int restarts, boolean ready) {
        return new Phase(until, new ContainerStatus(name, ready, true, restarts, RunningState.RUNNING, ""));
    }

    /// The wait after a failure.
    static Phase backOff(Instant until, String name, int restarts, int exitCode, String text) {
        var details = "Container '%s' was terminated with exit code '%d' and reason 'Error'. %s"
                .formatted(name, exitCode, text)
                .strip();
        return new Phase(until, new ContainerStatus(name, false, false, restarts, RunningState.WAITING, details));
    }

    static Phase completed(String name, int restarts) {
        return new Phase(
                Instant.MAX,
                new ContainerStatus(
                        name, true, false, restarts, RunningState.TERMINATED, "Completed with exit code '0'."));
    }

    static Instant add(Instant from, Duration length) {
        return from.equals(Instant.MAX) ? from : from.plus(length);
    }
}
