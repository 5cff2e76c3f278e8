package dev.jellykeep.agent;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Elapsed time by a clock that nobody sets, and pauses by it.
public interface Ticker {
    /// Nanoseconds since some moment; only differences mean anything.
    long nanos();

    /// Returns after that long at the latest; may return earlier.
    void pause(Duration most);

    /// Time elapsed since an earlier {@link #nanos}.
    default Duration since(long earlier) {
        return Duration.ofNanos(nanos() - earlier);
    }

    /// This machine's.
    static Ticker ofMachine() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration most) {
                LockSupport.parkNanos(most.toNanos());
            }
        };
    }
}
