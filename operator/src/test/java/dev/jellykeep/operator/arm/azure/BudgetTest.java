package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final TestTime time = new TestTime();
    private final Limit reads = new Limit(2, 1);
    private final Limit writes = new Limit(1, 0.5);

    private Budget budget(Pause pause) {
        return new Budget("s", reads, writes, time, pause);
    }

    private Deadline deadline(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), time);
    }

    @Test
    void reads_and_writes_have_a_bucket_each() throws InterruptedException {
        var budget = budget(time);

        budget.take(false, deadline(10));
        budget.take(false, deadline(10));
        budget.take(true, deadline(10));
        assertThat(time.pauses).isEmpty();
        budget.take(true, deadline(10));

        assertThat(time.pauses).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void whoever_cannot_have_his_turn_in_time_takes_it_from_nobody() throws InterruptedException {
        var budget = budget(time);
        budget.take(true, deadline(10));

        assertThatThrownBy(() -> budget.take(true, deadline(1)))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault()).isEqualTo(new Fault.OutOfTurn(Duration.ofSeconds(2))));

        assertThat(time.pauses).isEmpty();
        assertThat(budget.figures().refused()).isEqualTo(1);
        assertThat(budget.figures().writesLeft()).isZero();
    }

    @Test
    void a_stop_holds_those_too_who_were_already_promised_a_turn() throws InterruptedException {
        var stopped = new boolean[1];
        var holder = new Budget[1];
        var budget = budget(pause -> {
            if (!stopped[0]) {
                stopped[0] = true;
                holder[0].stop(Duration.ofSeconds(30));
            }
            time.of(pause);
        });
        holder[0] = budget;
        budget.take(true, deadline(60));

        budget.take(true, deadline(60));

        assertThat(time.instant()).isEqualTo(TestTime.START.plusSeconds(30));
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(28));
    }

    @Test
    void many_callers_at_once_get_no_more_than_the_burst_and_no_turn_is_lost() throws Exception {
        var budget = new Budget("s", new Limit(10, 1), writes, time, _ -> {});
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        var ready = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 50; i++) {
                var _ = threads.submit(() -> {
                    ready.await();
                    try {
                        budget.take(false, deadline(6));
                        taken.incrementAndGet();
                    } catch (FaultException _) {
                        refused.incrementAndGet();
                    }
                    return true;
                });
            }
            ready.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        // Ten at once, and those whose turn comes within 1 to 5 s.
        assertThat(taken).hasValue(15);
        assertThat(refused).hasValue(35);
        assertThat(budget.figures().readsLeft()).isEqualTo(-5);
        assertThat(budget.figures().waited()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void no_request_goes_uncounted_when_many_are_sent_at_once() throws Exception {
        var budget = new Budget("s", new Limit(200_000, 1), writes, time, time);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() -> {
                        for (var i = 0; i < 25_000; i++) {
                            budget.take(false, deadline(6));
                        }
                        return true;
                    }))
                    .toList();
            for (var each : all) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(budget.figures().readsLeft()).isEqualTo(100_000);
    }
}
