package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {
    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    private static final int LONGEST_WAY_MILLIS = 2000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 42, 4711})
    void a_thousand_callers_are_not_throttled_because_the_first_connections_take_their_time(long seed) {
        assertThat(refused(Limit.READS, Limit.OF_ARM_READS, seed)).isZero();
        assertThat(refused(Limit.WRITES, Limit.OF_ARM_WRITES, seed)).isZero();
    }

    /// How many of a burst's requests ARM refuses: its full bucket gains nothing until the first of them is there.
    private static long refused(Limit ours, Limit arms, long seed) {
        Random random = new Random(seed);
        List<Instant> arrivals = new ArrayList<>();
        BucketLevel level = BucketLevel.full(ours, START);
        for (int request = 0; request < 1000; request++) {
            level = level.taken();
            int shortest = request < ours.burst() ? LONGEST_WAY_MILLIS - 100 : 0;
            Duration way = Duration.ofMillis(random.nextInt(shortest, LONGEST_WAY_MILLIS));
            arrivals.add(START.plus(level.delay(ours, START)).plus(way));
        }
        arrivals.sort(null);
        long refused = 0;
        BucketLevel there = BucketLevel.full(arms, arrivals.getFirst());
        for (Instant arrival : arrivals) {
            BucketLevel taken = there.refilled(arms, arrival).taken();
            if (taken.tokens() < -1e-9) {
                refused++;
            } else {
                there = taken;
            }
        }
        return refused;
    }
}
