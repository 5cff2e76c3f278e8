package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;

/// How long a container waits for its restart, as Kubernetes has it: doubled with each failure, up to a
/// bound, and forgotten after ten good minutes.
record BackOff(int failures) {
    static final BackOff NONE = new BackOff(0);

    private static final Duration GOOD = Duration.ofMinutes(10);
    private static final Duration LEAST = Duration.ofMillis(10);

    /// After a run of some length that failed.
    BackOff after(Duration run) {
        return run.compareTo(GOOD) >= 0 ? new BackOff(1) : new BackOff(failures + 1);
    }

    /// The wait after the last failure.
    Duration wait(Timings timings) {
        var longest = timings.of(Span.LONGEST_BACK_OFF);
        var wait = timings.of(Span.FIRST_BACK_OFF).multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
        var bounded = wait.compareTo(longest) < 0 ? wait : longest;
        return bounded.compareTo(LEAST) < 0 ? LEAST : bounded;
    }
}
