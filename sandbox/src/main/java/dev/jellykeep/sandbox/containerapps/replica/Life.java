package dev.jellykeep.sandbox.containerapps.replica;

import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;

/// A simulated container's life: a pure function of when it began, of its script, and of the crashes forced upon it.
record Life(String name, ContainerScript script, boolean init, Instant begin, Instant identityFrom, Timings timings) {

    /// The phase at a time, which isn't before its begin.
    Phase at(Instant now, NavigableSet<Instant> crashes) {
        var start = begin;
        for (var run = 0; ; run++) {
            var phase = phase(run, start, now, crashes);
            if (phase.until().isAfter(now)) {
                return phase;
            }
            start = phase.until();
        }
    }

    /// When the init container has succeeded; {@link Instant#MAX} for never.
    Instant end() {
        if (script.endless() || script.failures() == ContainerScript.FOR_EVER) {
            return Instant.MAX;
        }
        var start = begin;
        for (var run = 0; ; run++) {
            if (start.equals(Instant.MAX) || (script.needsIdentity() && identityFrom.equals(Instant.MAX))) {
                return Instant.MAX;
            }
            var end = start.plus(length());
            if (!fails(run, start)) {
                return end;
            }
            start = end.plus(backOff(run));
        }
    }

    // The phase in or after the run that began at `start`, up to the start of the next one.
    private Phase phase(int run, Instant start, Instant now, NavigableSet<Instant> crashes) {
        return init ? initPhase(run, start, now) : appPhase(run, start, now, crashes);
    }

    private Phase initPhase(int run, Instant start, Instant now) {
        var end = script.endless() ? Instant.MAX : start.plus(length());
        if (now.isBefore(end)) {
            return Phase.running(end, name, run, false);
        }
        if (!fails(run, start)) {
            return Phase.completed(name, run);
        }
        return failed(run, end);
    }

    private Phase appPhase(int run, Instant start, Instant now, NavigableSet<Instant> crashes) {
        var length = length();
        var ready = script.endless() ? Instant.MAX : start.plus(length);
        var planned = run < script.failures() ? start.plus(length) : Instant.MAX;
        var forced = crashes.ceiling(start);
        var crash = forced != null && forced.isBefore(planned) ? forced : planned;
        if (now.isBefore(crash)) {
            var isReady = !now.isBefore(ready);
            return Phase.running(isReady || crash.isBefore(ready) ? crash : ready, name, run, isReady);
        }
        return failed(run, crash);
    }

    private Phase failed(int run, Instant at) {
        var text = script.needsIdentity() && run >= script.failures()
                ? "No token: the connection to the identity endpoint was refused."
                : script.text();
        return Phase.backOff(at.plus(backOff(run)), name, run + 1, script.exitCode(), text);
    }

    private boolean fails(int run, Instant start) {
        return run < script.failures()
                || (script.needsIdentity() && start.plus(length()).isBefore(identityFrom));
    }

    private Duration length() {
        return script.after().orElse(timings.of(init ? Span.INIT_RUN : Span.READY));
    }

    // As Kubernetes does: doubled with each failure, up to a bound.
    private Duration backOff(int run) {
        var least = Duration.ofMillis(10);
        var longest = timings.of(Span.LONGEST_BACK_OFF);
        var wait = timings.of(Span.FIRST_BACK_OFF).multipliedBy(1L << Math.min(run, 20));
        var bounded = wait.compareTo(longest) < 0 ? wait : longest;
        return bounded.compareTo(least) < 0 ? least : bounded;
    }
}
