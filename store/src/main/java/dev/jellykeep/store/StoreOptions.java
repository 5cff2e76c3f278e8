package dev.jellykeep.store;

import java.time.Duration;
import java.util.function.Supplier;

/// How patient a store is.
///
/// @param deadline how long one small operation keeps retrying transient faults before it fails as UNREACHABLE; asked
///     at each fault, so that it may grow shorter meanwhile
/// @param tryTimeout how long one request may take at most
/// @param parallelBlocks blocks in flight during an upload
public record StoreOptions(Supplier<Duration> deadline, Duration tryTimeout, int parallelBlocks) {
    /// A service that takes longer for a small request is taken for one that never answers.
    private static final Duration LEAST = Duration.ofSeconds(5);

    /// With a deadline that stays.
    public StoreOptions(Duration deadline, Duration tryTimeout, int parallelBlocks) {
        this(() -> deadline, tryTimeout, parallelBlocks);
    }

    public static StoreOptions defaults() {
        return new StoreOptions(Duration.ofSeconds(30), Duration.ofSeconds(60), 2);
    }

    /// How long the next request may take: so long that one which is never answered can be sent again before the
    /// deadline, but where that is very short.
    public Duration patience() {
        var half = deadline.get().dividedBy(2);
        var least = half.compareTo(LEAST) < 0 ? LEAST : half;
        return least.compareTo(tryTimeout) < 0 ? least : tryTimeout;
    }

    public StoreOptions withDeadline(Duration other) {
        return withDeadline(() -> other);
    }

    public StoreOptions withDeadline(Supplier<Duration> other) {
        return new StoreOptions(other, tryTimeout, parallelBlocks);
    }
}
