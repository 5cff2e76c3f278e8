package dev.jellykeep.contract.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much history stays.
///
/// @param last newest archives
/// @param hourly, daily, weekly, monthly, yearly the newest archive of each of that many latest periods (UTC,
///     ISO weeks) that have one
/// @param within everything this much older than the newest archive; null: no such rule
/// @param minimum newest archives that stay whatever the other rules say, at least 1
public record RetentionRules(
        int last,
        int hourly,
        int daily,
        int weekly,
        int monthly,
        int yearly,
        @Nullable Duration within,
        int minimum) {

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException for a negative count or duration, or a minimum below 1
    public RetentionRules {
        if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0 || minimum < 1) {
            throw new IllegalArgumentException("negative count, or minimum below 1");
        }
        if (within != null && within.isNegative()) {
            throw new IllegalArgumentException("negative duration " + within);
        }
    }
}
