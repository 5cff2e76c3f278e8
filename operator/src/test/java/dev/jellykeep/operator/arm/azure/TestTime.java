package dev.jellykeep.operator.arm.azure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A clock that moves only when somebody waits, and nobody waits for it.
final class TestTime implements InstantSource, Pause {
    static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

    private Instant now = START;
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void of(Duration duration) {
        pauses.add(duration);
        pass(duration);
    }

    synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }
}
