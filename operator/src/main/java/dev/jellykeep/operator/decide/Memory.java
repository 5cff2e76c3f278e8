package dev.jellykeep.operator.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What has to be remembered from one look to the next. It is kept in the resource's status, so that another
/// operator goes on with it; without it nothing worse happens than a correction that isn't counted.
///
/// @param applied digest of the injection that the app last had or was sent; null: none yet
/// @param appliedGeneration of the spec that it came from
/// @param corrections when our parts were put back, within the budget's window
/// @param waitingSince when the wait for an idle app began
/// @param waitingTold when an event said that this wait takes long; null: none did yet
/// @param driftSince when our parts were first seen changed by somebody else
/// @param failed digest of the injection that was rolled back; null: none was
/// @param failedGeneration of the spec that it came from
/// @param stopped revision that was deactivated for its successor's sake; null: none is
public record Memory(
        @Nullable String applied,
        long appliedGeneration,
        List<Instant> corrections,
        @Nullable Instant waitingSince,
        @Nullable Instant waitingTold,
        @Nullable Instant driftSince,
        @Nullable String failed,
        long failedGeneration,
        @Nullable String stopped) {
    public Memory {
        corrections = List.copyOf(corrections);
    }

    /// Where nothing was rolled back.
    public Memory(
            @Nullable String applied,
            long appliedGeneration,
            List<Instant> corrections,
            @Nullable Instant waitingSince,
            @Nullable Instant waitingTold,
            @Nullable Instant driftSince) {
        this(applied, appliedGeneration, corrections, waitingSince, waitingTold, driftSince, null, 0, null);
    }

    /// Whether something was rolled back since the spec was edited last.
    boolean rolledBack(long generation) {
        return failed != null && failedGeneration == generation;
    }

    Memory rollBack(@Nullable String digest, long generation) {
        return new Memory(
                applied,
                appliedGeneration,
                corrections,
                null,
                null,
                null,
                digest == null ? "" : digest,
                generation,
                stopped);
    }

    /// Of a policy that nobody has looked at.
    public static Memory empty() {
        return new Memory(null, 0, List.of(), null, null, null);
    }

    Memory settled(@Nullable String digest, long generation) {
        return digest == null
                ? new Memory(
                        applied, appliedGeneration, corrections, null, null, null, failed, failedGeneration, stopped)
                : new Memory(digest, generation, corrections, null, null, null, failed, failedGeneration, stopped);
    }

    /// What the app should have, whether it has it or not.
    Memory taken(String digest, long generation) {
        return new Memory(
                digest,
                generation,
                corrections,
                waitingSince,
                waitingTold,
                driftSince,
                failed,
                failedGeneration,
                stopped);
    }

    Memory waiting(Instant since) {
        return new Memory(
                applied,
                appliedGeneration,
                corrections,
                since,
                waitingTold,
                driftSince,
                failed,
                failedGeneration,
                stopped);
    }

    Memory told(Instant at) {
        return new Memory(
                applied,
                appliedGeneration,
                corrections,
                waitingSince,
                at,
                driftSince,
                failed,
                failedGeneration,
                stopped);
    }

    Memory notWaiting() {
        return new Memory(
                applied, appliedGeneration, corrections, null, null, driftSince, failed, failedGeneration, stopped);
    }

    Memory drifting(Instant since) {
        return new Memory(
                applied,
                appliedGeneration,
                corrections,
                waitingSince,
                waitingTold,
                driftSince == null ? since : driftSince,
                failed,
                failedGeneration,
                stopped);
    }

    /// @param revision null: none is deactivated any more
    Memory stopped(@Nullable String revision) {
        return new Memory(
                applied,
                appliedGeneration,
                corrections,
                waitingSince,
                waitingTold,
                driftSince,
                failed,
                failedGeneration,
                revision);
    }

    /// Without corrections that are too long ago. Times that a clock gave that was ahead count as now, so that they
    /// end.
    Memory at(Instant now, Duration window) {
        Instant earliest = now.minus(window);
        return new Memory(
                applied,
                appliedGeneration,
                corrections.stream()
                        .filter(each -> !each.isBefore(earliest))
                        .map(each -> earlier(each, now))
                        .toList(),
                waitingSince == null ? null : earlier(waitingSince, now),
                waitingTold,
                driftSince == null ? null : earlier(driftSince, now),
                failed,
                failedGeneration,
                stopped);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    Memory corrected(Instant at) {
        return new Memory(
                applied,
                appliedGeneration,
                Stream.concat(corrections.stream(), Stream.of(at)).toList(),
                waitingSince,
                waitingTold,
                driftSince,
                failed,
                failedGeneration,
                stopped);
    }
}
