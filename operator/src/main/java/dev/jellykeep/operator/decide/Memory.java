package dev.jellykeep.operator.decide;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has to be remembered from one look to the next. It is kept in the resource's status, so that another
/// operator goes on with it; without it nothing worse happens than a correction that isn't counted.
///
/// @param applied digest of the injection that the app last had or was sent; null: none yet
/// @param appliedGeneration of the spec that it came from
/// @param corrections when our parts were put back, within the budget's window
/// @param waitingSince when the wait for an idle app began
/// @param driftSince when our parts were first seen changed by somebody else
public record Memory(
        @Nullable String applied,
        long appliedGeneration,
        List<Instant> corrections,
        @Nullable Instant waitingSince,
        @Nullable Instant driftSince) {
    public Memory {
        corrections = List.copyOf(corrections);
    }

    /// Of a policy that nobody has looked at.
    public static Memory empty() {
        return new Memory(null, 0, List.of(), null, null);
    }

    Memory settled(String digest, long generation) {
        return new Memory(digest, generation, corrections, null, null);
    }

    Memory waiting(Instant since) {
        return new Memory(applied, appliedGeneration, corrections, since, driftSince);
    }

    Memory drifting(Instant since) {
        return new Memory(
                applied, appliedGeneration, corrections, waitingSince, driftSince == null ? since : driftSince);
    }

    Memory within(Instant earliest) {
        return new Memory(
                applied,
                appliedGeneration,
                corrections.stream().filter(each -> !each.isBefore(earliest)).toList(),
                waitingSince,
                driftSince);
    }

    Memory corrected(Instant at) {
        List<Instant> longer = new java.util.ArrayList<>(corrections);
        longer.add(at);
        return new Memory(applied, appliedGeneration, longer, waitingSince, driftSince);
    }
}
