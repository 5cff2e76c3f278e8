package dev.jellykeep.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A small blob, read whole.
///
/// @param date the service's clock when it answered (`Date` of the same reply)
/// @param lastModified the service's clock when the blob was written
@SuppressWarnings("ArrayRecordComponent") // read once and parsed; never compared or kept
public record StoredBlob(
        byte[] content, String etag, Instant date, Instant lastModified, Map<String, String> metadata) {
    public StoredBlob {
        metadata = Map.copyOf(metadata);
    }

    /// `Date − Last-Modified` of this one reply: both are the service's clock, so skew of ours can't matter.
    public Duration age() {
        return Duration.between(lastModified, date);
    }
}
