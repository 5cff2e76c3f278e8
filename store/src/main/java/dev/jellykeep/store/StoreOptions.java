package dev.jellykeep.store;

import java.time.Duration;
import java.util.function.Supplier;

/// How patient a store is.
///
/// @param deadline how long one small operation keeps retrying transient faults before it fails as UNREACHABLE; asked
///     at each fault, so that it may grow shorter meanwhile
/// @param tryTimeout how long one request may take
/// @param parallelBlocks blocks in flight during an upload
public record StoreOptions(Supplier<Duration> deadline, Duration tryTimeout, int parallelBlocks) {
    /// With a deadline that stays.
    public StoreOptions(Duration deadline, Duration tryTimeout, int parallelBlocks) {
        this(() -> deadline, tryTimeout, parallelBlocks);
    }

    public static StoreOptions defaults() {
        return new StoreOptions(Duration.ofSeconds(30), Duration.ofSeconds(60), 2);
    }

    public StoreOptions withDeadline(Duration other) {
        return withDeadline(() -> other);
    }

    public StoreOptions withDeadline(Supplier<Duration> other) {
        return new StoreOptions(other, tryTimeout, parallelBlocks);
    }
}
