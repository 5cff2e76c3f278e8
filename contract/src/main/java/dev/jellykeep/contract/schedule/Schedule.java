package dev.jellykeep.contract.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// When scheduled backups are due. Holds no state: the caller remembers when the last one ended and which time came
/// out.
///
/// The interval runs from the end of one backup to the next, so that missed times (a suspended machine, a long outage)
/// never pile up: after any pause one backup is due.
///
/// @param interval between two backups, more than zero
/// @param initialDelay from the app being healthy to a replica's first scheduled backup
/// @param jitterFraction 0 to 0.5: by how much of the interval a time may be earlier or later, so that many apps don't
///     all come at once; never more than {@link #MOST_JITTER}
public record Schedule(Duration interval, Duration initialDelay, double jitterFraction) {
    public static final double DEFAULT_JITTER_FRACTION = 0.1;

    /// Beyond that, jitter spreads nothing more and only makes the recovery point harder to tell.
    public static final Duration MOST_JITTER = Duration.ofSeconds(30);

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException for a value out of range
    public Schedule {
        if (!interval.isPositive() || initialDelay.isNegative() || !(jitterFraction >= 0 && jitterFraction <= 0.5)) {
            throw new IllegalArgumentException(
                    "interval %s, initial delay %s, jitter %s".formatted(interval, initialDelay, jitterFraction));
        }
    }

    public Schedule(Duration interval, Duration initialDelay) {
        this(interval, initialDelay, DEFAULT_JITTER_FRACTION);
    }

    /// When a replica's first scheduled backup is due.
    public Instant first(Instant healthyAt) {
        return healthyAt.plus(initialDelay);
    }

    /// When the next one is due, always later than `completed`.
    ///
    /// @param completed end of the last backup, also of a refused, failed or needless one
    public Instant nextAfter(Instant completed, RandomGenerator random) {
        long jitter = mostJitter().toNanos();
        long offset = jitter == 0 ? 0 : random.nextLong(-jitter, jitter + 1);
        return completed.plus(interval).plusNanos(offset);
    }

    /// Whether a backup is due. A clock that was set back to before `since` would let the time come hours
    /// late: then one is due at once.
    ///
    /// @param since what `due` was computed from: end of the last backup, or healthy
    public static boolean isDue(Instant since, Instant due, Instant now) {
        return !now.isBefore(due) || now.isBefore(since);
    }

    /// How long to wait before asking {@link #isDue} again: zero or more, and never longer than from `since` to `due`.
    public static Duration untilDue(Instant since, Instant due, Instant now) {
        return isDue(since, due, now) ? Duration.ZERO : Duration.between(now, due);
    }

    private Duration mostJitter() {
        double seconds = Math.min(MOST_JITTER.toMillis() / 1_000.0, interval.toMillis() / 1_000.0 * jitterFraction);
        return Duration.ofNanos((long) (seconds * 1_000_000_000L));
    }
}
