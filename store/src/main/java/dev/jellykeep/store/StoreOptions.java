package dev.jellykeep.store;

import java.time.Duration;

/// How patient a store is.
///
/// @param deadline how long one small operation keeps retrying transient faults before it fails as UNREACHABLE
/// @param tryTimeout how long one request may take
/// @param parallelBlocks blocks in flight during an upload
public record StoreOptions(Duration deadline, Duration tryTimeout, int parallelBlocks) {
    public static StoreOptions defaults() {
        return new StoreOptions(Duration.ofSeconds(30), Duration.ofSeconds(60), 2);
    }

    public StoreOptions withDeadline(Duration other) {
        return new StoreOptions(other, tryTimeout, parallelBlocks);
    }
}
