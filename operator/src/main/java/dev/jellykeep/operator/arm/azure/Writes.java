package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a failed write means.
final class Writes {
    /// Where ARM names no time; scripts in the field wait as long.
    private static final Duration USUAL_WAIT = Duration.ofSeconds(15);

    private static final Set<String> BUSY = Set.of(
            "ContainerAppOperationInProgress", "ContainerAppLockConflict", "ManagedEnvironmentOperationInProgress");

    private Writes() {}

    /// Empty if the fault tells nothing about the write but that it wasn't carried out.
    ///
    /// @param unknown the sentence for when nobody knows
    static Optional<WriteOutcome> outcome(Fault fault, String unknown) {
        if (fault.mayHaveHappened()) {
            return Optional.of(new WriteOutcome.Unknown(unknown));
        }
        if (!(fault instanceof Fault.Refused refused) || !refused.byArm()) {
            return Optional.empty();
        }
        if (refused.status() == 409 && BUSY.contains(refused.code())) {
            var wait = refused.retryAfter().isZero() ? USUAL_WAIT : refused.retryAfter();
            return Optional.of(new WriteOutcome.Busy(refused.code(), refused.message(), wait));
        }
        return switch (refused.status()) {
            case 401, 403, 407, 429 -> Optional.empty();
            case 404 -> Optional.of(new WriteOutcome.Absent(refused.code(), refused.message()));
            default ->
                Optional.of(new WriteOutcome.Rejected(
                        refused.status(), refused.code(), refused.message(), refused.requestId()));
        };
    }
}
