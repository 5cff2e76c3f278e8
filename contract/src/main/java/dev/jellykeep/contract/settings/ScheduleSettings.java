package dev.jellykeep.contract.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When scheduled backups are made.
///
/// @param statedRecoveryPoint null if not given: see {@link #recoveryPoint}
public record ScheduleSettings(
        Duration interval, Duration initialDelay, @Nullable Duration statedRecoveryPoint) {
    private static final Duration MARGIN = Duration.ofMinutes(15);

    /// Unprotected time that still counts as protected.
    public Duration recoveryPoint() {
        return statedRecoveryPoint == null ? interval.plus(MARGIN) : statedRecoveryPoint;
    }
}
