package dev.jellykeep.store;

import java.time.Instant;

/// Answer to a conditional read.
public sealed interface ConditionalRead {
    /// Still the ETag that was asked for.
    ///
    /// @param date the service's clock
    record Unchanged(Instant date) implements ConditionalRead {}

    record Changed(StoredBlob blob) implements ConditionalRead {}

    record Absent() implements ConditionalRead {}
}
