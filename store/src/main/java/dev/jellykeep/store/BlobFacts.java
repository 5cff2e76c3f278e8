package dev.jellykeep.store;

import java.time.Instant;
import java.util.Map;

/// What a listing or a HEAD says of one blob.
///
/// @param name relative to the store's prefix
/// @param length bytes
/// @param lastModified the service's clock
/// @param metadata keys in lower case
public record BlobFacts(String name, long length, String etag, Instant lastModified, Map<String, String> metadata) {
    public BlobFacts {
        metadata = Map.copyOf(metadata);
    }
}
