package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreOptions;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The only owner of retries: the SDK's own are off.
final class Retry {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// One request.
    interface Request<T> {
        /// Sends it once.
        ///
        /// @param earlierMayHaveHappened an earlier try may have been carried out although it failed
        T send(boolean earlierMayHaveHappened);
    }

    private final Supplier<Duration> deadline;
    private final RandomGenerator random;
    private final Sentences sentences;

    Retry(StoreOptions options, RandomGenerator random, Sentences sentences) {
        this.deadline = options.deadline();
        this.random = random;
        this.sentences = sentences;
    }

    /// Sends until it succeeds, the fault is not a passing one, or the deadline is over.
    ///
    /// @param what for the message, such as `read lineage.json`
    <T> T run(String what, Request<T> request) {
        return run(what, () -> Long.MIN_VALUE, request);
    }

    /// Like {@link #run(String, Request)}, but the deadline starts anew with each progress that others made.
    ///
    /// @param lastProgress `System.nanoTime()` of it, or `Long.MIN_VALUE`
    <T> T run(String what, LongSupplier lastProgress, Request<T> request) {
        var start = System.nanoTime();
        var mayHaveHappened = false;
        for (var failures = 0; ; failures++) {
            try {
                return request.send(mayHaveHappened);
            } catch (StoreException e) {
                throw e;
            } catch (RuntimeException e) {
                var fault = Fault.of(e);
                mayHaveHappened |= fault.mayHaveHappened();
                var pause = pause(failures, fault);
                var progress = lastProgress.getAsLong();
                var since = progress == Long.MIN_VALUE ? start : Math.max(start, progress);
                var tried = Duration.ofNanos(System.nanoTime() - since);
                if (!fault.passing() || tried.plus(pause).compareTo(deadline.get()) > 0) {
                    throw sentences.exception(what, fault, Duration.ofNanos(System.nanoTime() - start));
                }
                sleep(what, pause);
            }
        }
    }

    private Duration pause(int failures, Fault fault) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        var most = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        var ours = Duration.ofMillis(random.nextLong(most.toMillis() / 2, most.toMillis() + 1));
        return fault instanceof Fault.Refused refused && refused.retryAfter().compareTo(ours) > 0
                ? refused.retryAfter()
                : ours;
    }

    private void sleep(String what, Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw sentences.exception(what, new Fault.Interrupted(e), Duration.ZERO);
        }
    }
}
