package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// When a running agent backs up: neither late nor all the time.
class DueTimeTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private Instant now = BEGIN;

    private DueTime of(Duration interval, Duration initialDelay) {
        return new DueTime(new Schedule(interval, initialDelay, 0), () -> now, new Random(1));
    }

    @Test
    void theFirstOneIsDueWhenTheInitialDelayIsOver() {
        DueTime due = of(INTERVAL, Duration.ofMinutes(2));
        assertThat(due.begin()).isEqualTo(BEGIN.plusSeconds(120));
        now = BEGIN.plusSeconds(119);
        assertThat(due.isDue()).isFalse();
        now = BEGIN.plusSeconds(120);
        assertThat(due.isDue()).isTrue();
    }

    @Test
    void whoseAppWasNeverHealthyCountsFromTheFirstQuestion() {
        DueTime due = of(INTERVAL, Duration.ZERO);
        assertThat(due.orUntil(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(due.isDue()).as("the question that begins it").isFalse();
        assertThat(due.isDue()).isTrue();
    }

    @Test
    void theNextOneIsAnIntervalAfterTheLast() {
        DueTime due = of(INTERVAL, Duration.ZERO);
        now = BEGIN.plusSeconds(5);
        assertThat(due.next(false)).isEqualTo(now.plus(INTERVAL));
        assertThat(due.orUntil(Duration.ofHours(1))).isEqualTo(INTERVAL);
        assertThat(due.orUntil(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        now = now.plus(INTERVAL).minusMillis(1);
        assertThat(due.isDue()).isFalse();
        now = now.plusMillis(1);
        assertThat(due.isDue()).isTrue();
    }

    @Test
    void whatIsSureToChangeIsLookedAtAfterAMinuteOrAShorterInterval() {
        assertThat(of(INTERVAL, Duration.ZERO).next(true)).isEqualTo(BEGIN.plusSeconds(60));
        assertThat(of(Duration.ofSeconds(20), Duration.ZERO).next(true)).isEqualTo(BEGIN.plusSeconds(20));
    }

    @Test
    void aFailureIsTriedAgainSoonerThanAnInterval() {
        DueTime due = of(INTERVAL, Duration.ZERO);
        due.retry(Duration.ofSeconds(30));
        assertThat(due.orUntil(INTERVAL)).isEqualTo(Duration.ofSeconds(30));
        due.retry(Duration.ofHours(1));
        assertThat(due.orUntil(Duration.ofHours(2))).isEqualTo(INTERVAL);
    }

    @Test
    void atOnceIsNow() {
        DueTime due = of(INTERVAL, INTERVAL);
        Instant _ = due.begin();
        due.atOnce();
        assertThat(due.isDue()).isTrue();
        assertThat(due.orUntil(INTERVAL)).isZero();
    }

    @Test
    void aClockThatWasSetBackDoesNotPutItOffForHours() {
        DueTime begun = of(INTERVAL, INTERVAL);
        Instant _ = begun.begin();
        DueTime after = of(INTERVAL, INTERVAL);
        Instant _ = after.next(false);
        DueTime failed = of(INTERVAL, INTERVAL);
        failed.retry(INTERVAL);
        now = BEGIN.minusSeconds(1);
        assertThat(begun.isDue()).isTrue();
        assertThat(after.isDue()).isTrue();
        assertThat(failed.isDue()).isTrue();
    }
}
