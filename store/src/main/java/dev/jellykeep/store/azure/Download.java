package dev.jellykeep.store.azure;

import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.azure.RemoteBlob.Condition;
import org.jspecify.annotations.Nullable;

/// Reads blobs, empty ones too, which have no first byte to ask for.
final class Download {
    private Download() {}

    /// At most a byte more than a small blob has, so that a large one is not read whole to be told that it is too
    /// large.
    static Reply small(RemoteBlob from, @Nullable Condition condition) {
        try {
            return from.getFirst(BlobStore.SMALL + 1, condition);
        } catch (RuntimeException e) {
            if (RefusedException.in(e).status() == 416) {
                return from.get(condition);
            }
            throw e;
        }
    }

    /// A range of known size, in a buffer of that size. `total` is 0 where it begins behind the blob's end.
    static ChunkedDownload.Chunk range(RemoteBlob from, long offset, int size, @Nullable String etag) {
        try {
            var got = from.getRange(offset, size, etag == null ? null : Condition.same(etag));
            return new ChunkedDownload.Chunk(got.body(), got.etag(), got.total());
        } catch (RuntimeException e) {
            if (RefusedException.in(e).status() == 416) {
                return new ChunkedDownload.Chunk(new byte[0], "", 0);
            }
            throw e;
        }
    }
}
