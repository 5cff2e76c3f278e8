package dev.jellykeep.store.azure;

import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.azure.RemoteBlob.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
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
                return from.get(BlobStore.SMALL + 1, condition);
            }
            throw e;
        }
    }

    /// A range of known size, in a buffer of that size. `total` is 0 where it begins behind the blob's end.
    static ChunkedDownload.Chunk range(RemoteBlob from, long offset, int size, @Nullable String etag) {
        try {
            var got = from.getRange(offset, size, etag == null ? null : Condition.same(etag));
            requireRange(got, offset, size);
            return new ChunkedDownload.Chunk(got.body(), got.etag(), got.total());
        } catch (RuntimeException e) {
            if (RefusedException.in(e).status() == 416) {
                return new ChunkedDownload.Chunk(new byte[0], "", 0);
            }
            throw e;
        }
    }

    /// What a proxy between us and the service may spoil: other bytes than those that were asked for.
    private static void requireRange(Reply got, long offset, int size) {
        var length = Math.min(size, got.total() - offset);
        if (got.offset() != offset || got.body().length != length) {
            throw new UncheckedIOException(new IOException("the reply holds " + got.body().length + " bytes from byte "
                    + got.offset() + " on where " + length + " from byte " + offset + " on were asked for"));
        }
    }
}
