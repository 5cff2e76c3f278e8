package dev.jellykeep.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A small blob, read whole; or one that isn't small, without its content.
///
/// @param content empty, as no document is, where the blob is oversized: who parses it finds nothing to believe
/// @param oversized it has more than {@link BlobStore#SMALL} bytes, as nothing has that Jellykeep wrote to be read
/// whole
/// @param date the service's clock when it answered (`Date` of the same reply)
/// @param lastModified the service's clock when the blob was written
@SuppressWarnings("ArrayRecordComponent") // read once and parsed; never compared or kept
public record StoredBlob(
        byte[] content,
        boolean oversized,
        String etag,
        Instant date,
        Instant lastModified,
        Map<String, String> metadata) {
    public StoredBlob {
        metadata = Map.copyOf(metadata);
    }

    /// One that was read whole.
    public StoredBlob(byte[] content, String etag, Instant date, Instant lastModified, Map<String, String> metadata) {
        this(content, false, etag, date, lastModified, metadata);
    }

    /// One that wasn't read.
    public static StoredBlob oversized(String etag, Instant date, Instant lastModified, Map<String, String> metadata) {
        return new StoredBlob(new byte[0], true, etag, date, lastModified, metadata);
    }

    /// `Date − Last-Modified` of this one reply: both are the service's clock, so skew of ours can't matter.
    public Duration age() {
        return Duration.between(lastModified, date);
    }
}
