package dev.jellykeep.agent.cli;

import java.time.Duration;

/// How long the next try of a restore waits.
final class Attempts {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(15);

    private Attempts() {}

    /// Doubles from one second to fifteen.
    ///
    /// @param done attempts so far, at least 1
    static Duration pauseAfter(int done) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(done - 1, 10));
        return pause.compareTo(MOST) > 0 ? MOST : pause;
    }
}
