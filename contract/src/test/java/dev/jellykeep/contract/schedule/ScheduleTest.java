package dev.jellykeep.contract.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    private static final Instant T = Instant.parse("2026-02-03T04:05:06Z");
    private static final Schedule QUARTER = new Schedule(Duration.ofMinutes(15), Duration.ofMinutes(2));

    @Test
    void waitsForTheInitialDelayFromHealthy() {
        assertThat(QUARTER.first(T)).isEqualTo(T.plusSeconds(120));
    }

    @Test
    void runsOnceAfterALongPauseAndDoesNotCatchUp() {
        Instant due = QUARTER.nextAfter(T, Seeds.random(1));
        Instant awake = T.plus(Duration.ofDays(3));
        assertThat(Schedule.isDue(T, due, awake)).isTrue();

        Instant completed = awake.plusSeconds(5);
        Instant next = QUARTER.nextAfter(completed, Seeds.random(2));
        assertThat(Schedule.isDue(completed, next, completed)).isFalse();
        assertThat(next).isAfter(completed.plus(Duration.ofMinutes(14)));
    }

    @Test
    void doesNotWaitForHoursWhenTheClockWasSetBack() {
        Instant due = QUARTER.nextAfter(T, Seeds.random(1));
        Instant now = T.minus(Duration.ofHours(5));
        assertThat(Schedule.isDue(T, due, now)).isTrue();
        assertThat(Schedule.untilDue(T, due, now)).isZero();
    }

    @Test
    void isDueExactlyAtItsTime() {
        Instant due = QUARTER.first(T);
        assertThat(Schedule.isDue(T, due, due.minusNanos(1))).isFalse();
        assertThat(Schedule.isDue(T, due, due)).isTrue();
        assertThat(Schedule.untilDue(T, due, T)).isEqualTo(Duration.ofMinutes(2));
        assertThat(Schedule.untilDue(T, due, due.plusSeconds(9))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 0.1, 100", "PT2M, 0.1, 12000", "PT15M, 0.1, 30000", "PT24H, 0.5, 30000", "PT15M, 0, 0"})
    void spreadsBySomeOfTheIntervalButNeverByMoreThanHalfAMinute(Duration interval, double fraction, long millis) {
        Schedule schedule = new Schedule(interval, Duration.ZERO, fraction);
        RandomGenerator random = Seeds.random(7);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 1_000; i++) {
            Duration off = Duration.between(T.plus(interval), schedule.nextAfter(T, random))
                    .abs();
            most = most.compareTo(off) < 0 ? off : most;
        }
        assertThat(most).isBetween(Duration.ofMillis(millis * 9 / 10), Duration.ofMillis(millis));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void alwaysMovesOn(long seed) {
        RandomGenerator random = Seeds.random(seed);
        Schedule schedule = new Schedule(
                Duration.ofNanos(random.nextLong(1, Duration.ofDays(400).toNanos()) >>> (seed % 50))
                        .plusNanos(1),
                Duration.ofSeconds(random.nextInt(1_000)),
                random.nextDouble(0, 0.5));
        Instant completed = T.plusNanos(random.nextLong(1L << 60));

        Instant next = schedule.nextAfter(completed, random);

        assertThat(next).isAfter(completed);
        assertThat(Schedule.untilDue(completed, next, completed)).isPositive();
        assertThat(Duration.between(completed.plus(schedule.interval()), next).abs())
                .isLessThanOrEqualTo(Schedule.MOST_JITTER);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT0S, 0.1", "-PT1S, PT0S, 0.1", "PT1S, -PT1S, 0.1", "PT1S, PT0S, 0.6", "PT1S, PT0S, NaN"})
    void refusesWhatWouldStandStill(Duration interval, Duration initialDelay, double jitter) {
        assertThatThrownBy(() -> new Schedule(interval, initialDelay, jitter))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
