package dev.jellykeep.sandbox.containerapps;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that can be put forward: over one that goes, or over one that stands and moves only so.
public final class SandboxClock implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private SandboxClock(InstantSource base) {
        this.base = base;
    }

    /// Goes with another clock.
    public static SandboxClock over(InstantSource base) {
        return new SandboxClock(base);
    }

    /// Stands, until it is put forward.
    public static SandboxClock standing(Instant at) {
        return new SandboxClock(InstantSource.fixed(at));
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    /// Puts it forward.
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException(
                    "The clock can't go back by " + by + ": give a positive length of time.");
        }
        ahead.updateAndGet(before -> before.plus(by));
    }
}
