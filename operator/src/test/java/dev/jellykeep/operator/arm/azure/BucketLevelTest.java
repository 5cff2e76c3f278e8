package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketLevelTest {
    private static final Instant START = TestTime.START;
    private static final Limit LIMIT = new Limit(5, 2);

    /// `-Dseed=42` runs that one.
    static LongStream seeds() {
        var only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 300) : LongStream.of(only);
    }

    @Test
    void a_full_bucket_lets_a_burst_through_and_then_the_rate() {
        var level = BucketLevel.full(LIMIT, START);
        var delays = new ArrayList<Duration>();
        for (var i = 0; i < 8; i++) {
            level = level.refilled(LIMIT, START).taken();
            delays.add(level.delay(LIMIT, START));
        }

        assertThat(delays.subList(0, 5)).containsOnly(Duration.ZERO);
        assertThat(delays.subList(5, 8))
                .containsExactly(Duration.ofMillis(500), Duration.ofMillis(1000), Duration.ofMillis(1500));
    }

    @Test
    void a_stop_ends_with_one_request_and_not_with_a_burst() {
        var until = START.plusSeconds(7);
        var level = BucketLevel.full(LIMIT, START).stopped(until).taken();

        assertThat(level.delay(LIMIT, START)).isEqualTo(Duration.ofSeconds(7));
        assertThat(level.taken().delay(LIMIT, START)).isEqualTo(Duration.ofMillis(7500));
    }

    @Test
    void an_earlier_stop_does_not_shorten_a_later_one() {
        var level = BucketLevel.full(LIMIT, START).stopped(START.plusSeconds(60));

        assertThat(level.stopped(START.plusSeconds(5)).taken().delay(LIMIT, START))
                .isEqualTo(Duration.ofSeconds(60));
    }

    /// Whoever waits as long as he is told never exceeds the limit, whatever the order of things.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_span_of_time_sees_more_than_burst_and_rate(long seed) {
        var random = new Random(seed);
        var limit = new Limit(random.nextInt(1, 10), random.nextDouble(0.5, 20));
        var level = BucketLevel.full(limit, START);
        var now = START;
        var sent = new ArrayList<Instant>();
        for (var i = 0; i < 60; i++) {
            now = now.plusMillis(random.nextInt(0, 400));
            level = level.refilled(limit, now).taken();
            sent.add(now.plus(level.delay(limit, now)));
        }

        assertThat(sent).as("in the order of asking").isSorted();
        assertThat(worst(sent, limit)).as("requests above the limit").isLessThan(1.001);
    }

    /// Nothing is sent while a stop lasts.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nobody_who_asks_after_a_stop_is_let_through_before_its_end(long seed) {
        var random = new Random(seed);
        var limit = new Limit(random.nextInt(1, 10), random.nextDouble(0.5, 20));
        var level = BucketLevel.full(limit, START);
        var now = START;
        var stoppedUntil = START;
        for (var i = 0; i < 60; i++) {
            now = now.plusMillis(random.nextInt(0, 400));
            level = level.refilled(limit, now);
            if (random.nextInt(6) == 0) {
                var until = now.plusMillis(random.nextInt(1, 3000));
                level = level.stopped(until);
                stoppedUntil = until.isAfter(stoppedUntil) ? until : stoppedUntil;
            }
            level = level.taken();
            assertThat(now.plus(level.delay(limit, now))).isAfterOrEqualTo(stoppedUntil);
        }
    }

    private static double worst(List<Instant> sent, Limit limit) {
        var worst = 0.0;
        for (var from = 0; from < sent.size(); from++) {
            for (var to = from; to < sent.size(); to++) {
                var seconds = Duration.between(sent.get(from), sent.get(to)).toNanos() / 1e9;
                worst = Math.max(worst, to - from + 1 - limit.burst() - seconds * limit.perSecond());
            }
        }
        return worst;
    }
}
