package dev.jellykeep.agent.run;

import dev.jellykeep.contract.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When the next scheduled backup is due.
final class DueTime {
    private static final Duration FIRST_STATE_CHECK = Duration.ofSeconds(60);

    private final Schedule schedule;
    private final InstantSource clock;
    private final RandomGenerator random;
    private @Nullable Instant due;
    private Instant since = Instant.MIN;

    DueTime(Schedule schedule, InstantSource clock, RandomGenerator random) {
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
    }

    /// Counts from now, as for a replica whose app has just become healthy.
    Instant begin() {
        since = clock.instant();
        Instant first = schedule.first(since);
        due = first;
        return first;
    }

    boolean isDue() {
        if (due == null) {
            Instant _ = begin();
            return false;
        }
        return Schedule.isDue(since, due, clock.instant());
    }

    /// After a backup, also one that was refused or not needed.
    ///
    /// @param soon what was refused is sure to change
    Instant next(boolean soon) {
        since = clock.instant();
        Instant next = soon ? since.plus(orInterval(FIRST_STATE_CHECK)) : schedule.nextAfter(since, random);
        due = next;
        return next;
    }

    /// One that failed is tried again.
    void retry(Duration after) {
        since = clock.instant();
        due = since.plus(orInterval(after));
    }

    void atOnce() {
        since = clock.instant();
        due = since;
    }

    /// The shorter of the time until then and another one.
    Duration orUntil(Duration other) {
        Instant at = due;
        return at == null ? other : shorter(other, Schedule.untilDue(since, at, clock.instant()));
    }

    private Duration orInterval(Duration other) {
        return shorter(other, schedule.interval());
    }

    static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
