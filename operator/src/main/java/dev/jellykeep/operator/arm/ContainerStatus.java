package dev.jellykeep.operator.arm;

/// A container of a replica. There is no exit code, only the free text.
///
/// @param runningState `Running`, `Terminated`, `Waiting` or something new; `""` where the service
///     doesn't say
/// @param runningStateDetails such as `CrashLoopBackOff`, or `""`
public record ContainerStatus(
        String name, boolean ready, int restartCount, String runningState, String runningStateDetails) {}
