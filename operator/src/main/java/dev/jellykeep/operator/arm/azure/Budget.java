package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.BudgetFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What one identity may send to one subscription: a bucket for reads and one for writes, shared by all
/// callers. A stop holds both.
final class Budget {
    private final String subscription;
    private final Limit reads;
    private final Limit writes;
    private final InstantSource clock;
    private final Pause pause;
    // All below is guarded by this.
    private BucketLevel readLevel;
    private BucketLevel writeLevel;
    private Instant stoppedUntil;
    private long stops;
    private long waits;
    private Duration waited = Duration.ZERO;
    private long refused;
    private long throttled;

    Budget(String subscription, Limit reads, Limit writes, InstantSource clock, Pause pause) {
        this.subscription = subscription;
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
        this.pause = pause;
        stoppedUntil = clock.instant();
        readLevel = BucketLevel.full(reads, stoppedUntil);
        writeLevel = BucketLevel.full(writes, stoppedUntil);
    }

    /// A promised turn.
    private record Turn(Duration delay, long stops) {}

    /// Waits for a turn, in the order of asking.
    ///
    /// @throws FaultException {@link Fault.OutOfTurn} if the deadline comes first; then without waiting
    ///     for it
    void take(boolean write, Deadline deadline) throws InterruptedException {
        while (true) {
            var turn = promise(write, deadline);
            if (turn.delay.isZero()) {
                return;
            }
            pause.of(turn.delay);
            if (kept(turn)) {
                return;
            }
        }
    }

    /// Nobody sends anything until then: ARM said so.
    synchronized void stop(Duration length) {
        throttled++;
        var until = clock.instant().plus(length);
        if (until.isAfter(stoppedUntil)) {
            stops++;
            stoppedUntil = until;
            readLevel = readLevel.refilled(reads, clock.instant()).stopped(until);
            writeLevel = writeLevel.refilled(writes, clock.instant()).stopped(until);
        }
    }

    synchronized BudgetFigures figures() {
        var now = clock.instant();
        return new BudgetFigures(
                subscription,
                readLevel.refilled(reads, now).tokens(),
                writeLevel.refilled(writes, now).tokens(),
                stoppedUntil,
                waits,
                waited,
                refused,
                throttled);
    }

    private synchronized Turn promise(boolean write, Deadline deadline) {
        var now = clock.instant();
        var limit = write ? writes : reads;
        var level = (write ? writeLevel : readLevel).refilled(limit, now).taken();
        var delay = level.delay(limit, now);
        if (!delay.isZero() && !deadline.allows(delay)) {
            refused++;
            throw new FaultException(new Fault.OutOfTurn(delay));
        }
        if (write) {
            writeLevel = level;
        } else {
            readLevel = level;
        }
        if (!delay.isZero()) {
            waits++;
            waited = waited.plus(delay);
        }
        return new Turn(delay, stops);
    }

    /// A stop since then has made the promise void.
    private synchronized boolean kept(Turn turn) {
        return turn.stops == stops;
    }
}
