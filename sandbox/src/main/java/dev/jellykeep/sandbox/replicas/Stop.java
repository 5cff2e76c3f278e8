package dev.jellykeep.sandbox.replicas;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Whether a replica was told to stop, and until when it may take.
final class Stop {
    private static final long NEVER = Long.MAX_VALUE;

    private long until = NEVER;

    /// Tells it, or shortens what was told.
    ///
    /// @return whether it is told for the first time
    synchronized boolean ask(Duration grace) {
        var first = until == NEVER;
        until = Math.min(until, now() + grace.toNanos());
        notifyAll();
        return first;
    }

    synchronized boolean asked() {
        return until != NEVER;
    }

    /// Whether the time that it may take is over.
    synchronized boolean overdue() {
        return until != NEVER && now() >= until;
    }

    /// Waits for some time, or until it is told.
    ///
    /// @return whether it is told
    synchronized boolean await(Duration time) {
        var end = now() + time.toNanos();
        try {
            for (var left = time.toNanos(); until == NEVER && left > 0; left = end - now()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
        return until != NEVER;
    }

    // Counted from a start of its own, so that sums don't overflow.
    private static long now() {
        return System.nanoTime() - START;
    }

    private static final long START = System.nanoTime();
}
