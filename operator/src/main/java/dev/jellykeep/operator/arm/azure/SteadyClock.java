package dev.jellykeep.operator.arm.azure;

import java.time.Instant;
import java.time.InstantSource;

/// The time of day when it was made, and from then on what has really passed: a clock that is set back
/// by an hour must not stop a bucket for an hour.
final class SteadyClock implements InstantSource {
    private final Instant start;
    private final long startNanos = System.nanoTime();

    SteadyClock(InstantSource wall) {
        this.start = wall.instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
