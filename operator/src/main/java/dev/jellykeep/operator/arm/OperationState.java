package dev.jellykeep.operator.arm;

import java.time.Duration;

/// How a write is getting on.
public sealed interface OperationState {
    /// Still going on.
    ///
    /// @param retryAfter when to look again
    record Running(Duration retryAfter) implements OperationState {}

    /// It has ended well.
    record Succeeded() implements OperationState {}

    /// It has ended, and not well.
    ///
    /// @param code ARM's, such as `ContainerAppOperationError`; `Canceled` for a cancelled one without
    ///     any
    /// @param message ARM's, in one line
    record Failed(String code, String message) implements OperationState {}

    /// ARM no longer knows it: the app itself tells how it ended.
    record Gone() implements OperationState {}
}
