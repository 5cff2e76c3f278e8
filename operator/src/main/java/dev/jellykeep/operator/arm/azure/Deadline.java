package dev.jellykeep.operator.arm.azure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When one call has to be over, its retries and its pages included.
record Deadline(InstantSource clock, Instant start, Duration length) {
    static Deadline in(Duration length, InstantSource clock) {
        return new Deadline(clock, clock.instant(), length);
    }

    Duration passed() {
        return Duration.between(start, clock.instant());
    }

    /// Never negative.
    Duration left() {
        var left = length.minus(passed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean allows(Duration pause) {
        return pause.compareTo(left()) < 0;
    }
}
