package dev.jellykeep.operator.arm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of a write.
public sealed interface WriteOutcome {
    /// Carried out.
    record Done() implements WriteOutcome {}

    /// Begun, and going on in Azure.
    ///
    /// @param operation where to look; null if ARM named no place that may be asked: then watch the app
    ///     itself
    record Accepted(@Nullable OperationHandle operation) implements WriteOutcome {}

    /// Not begun: another operation on the app or its environment is in progress. It may take 15
    /// minutes.
    ///
    /// @param retryAfter before this it is no use
    record Busy(String code, String message, Duration retryAfter) implements WriteOutcome {}

    /// Not begun, and the same write never will be.
    ///
    /// @param code ARM's, such as `ContainerAppInvalidResourceTotal`
    /// @param message ARM's, in one line
    /// @param requestId for Azure's support, or `""`
    record Rejected(int status, String code, String message, String requestId) implements WriteOutcome {}

    /// There is no such app or revision.
    record Absent(String code, String message) implements WriteOutcome {}

    /// The write may have been carried out or not: read again and look.
    ///
    /// @param why a sentence
    record Unknown(String why) implements WriteOutcome {}
}
