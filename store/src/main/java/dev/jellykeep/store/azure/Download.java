package dev.jellykeep.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.jellykeep.store.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The whole answer to one GET: body and headers.
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Download(byte[] bytes, HttpHeaders headers, BlobDownloadHeaders blob) {
    private static final DownloadRetryOptions NO_RETRIES = new DownloadRetryOptions().setMaxRetryRequests(0);
    private static final int FIRST_BUFFER = 64 * 1024;

    /// At most a byte more than a small blob has, so that a large one is not read whole to be told that it is too
    /// large.
    static Download small(BlockBlobClient from, @Nullable BlobRequestConditions conditions) {
        try {
            return get(from, new BlobRange(0, BlobStore.SMALL + 1L), conditions, FIRST_BUFFER);
        } catch (RuntimeException e) {
            if (RefusedException.in(e).status() == 416) {
                return get(from, null, conditions, 0); // an empty blob has no first byte
            }
            throw e;
        }
    }

    /// A range of known size, in a buffer of that size. `total` is 0 where it begins behind the blob's end.
    static ChunkedDownload.Chunk range(BlockBlobClient from, long offset, int size, @Nullable String etag) {
        var conditions = etag == null ? null : new BlobRequestConditions().setIfMatch(etag);
        try {
            var got = get(from, new BlobRange(offset, (long) size), conditions, size);
            return new ChunkedDownload.Chunk(got.bytes, got.blob.getETag(), got.total());
        } catch (RuntimeException e) {
            if (RefusedException.in(e).status() == 416) {
                return new ChunkedDownload.Chunk(new byte[0], "", 0);
            }
            throw e;
        }
    }

    private static Download get(
            BlockBlobClient from, @Nullable BlobRange range, @Nullable BlobRequestConditions conditions, int size) {
        var body = new Body(size);
        var reply = from.downloadStreamWithResponse(body, range, NO_RETRIES, conditions, false, null, Context.NONE);
        var headers = reply.getHeaders();
        var announced = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
        if (announced != null && Long.parseLong(announced) != body.size()) {
            throw new UncheckedIOException(
                    new IOException("the body has " + body.size() + " bytes where " + announced + " were announced"));
        }
        return new Download(body.bytes(), headers, reply.getDeserializedHeaders());
    }

    /// The blob's length, from `Content-Range: bytes 0-9/LENGTH`.
    private long total() {
        var range = headers.getValue(HttpHeaderName.CONTENT_RANGE);
        return range == null ? bytes.length : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    /// Bytes without a second copy where the size was right.
    private static final class Body extends ByteArrayOutputStream {
        Body(int size) {
            super(size);
        }

        byte[] bytes() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
