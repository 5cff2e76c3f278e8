package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A blob as a stream of ranged reads of one ETag, a few of them ahead of the reader: a broken connection costs one
/// chunk, and memory stays the same whatever the length.
final class ChunkedDownload extends InputStream {
    /// More than the 4 MiB up to which a service may be asked for a range's MD5: Azurite computes it unasked.
    static final int CHUNK = 5 * 1024 * 1024;
    /// Nothing can be done with an archive before the first chunk is there.
    private static final int FIRST = 512 * 1024;
    private static final int AHEAD = 2;

    /// Reads one range, retrying by itself.
    interface Source {
        /// Reads it whole.
        ///
        /// @param etag null for whatever is there
        Chunk read(long from, int size, @Nullable String etag);
    }

    /// One range.
    ///
    /// @param total length of the whole blob; 0 where the range begins behind its end
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Chunk(byte[] bytes, String etag, long total) {}

    private final Source source;
    private final String etag;
    private final long end;
    private final Queue<FutureTask<Chunk>> ahead = new ArrayDeque<>();
    private long asked;
    private byte[] current;
    private int position;
    private boolean closed;

    private ChunkedDownload(Source source, Chunk first, long from, long end) {
        this.source = source;
        this.etag = first.etag();
        this.current = first.bytes();
        this.end = end;
        this.asked = from + first.bytes().length;
    }

    /// Reads the first chunk at once, so that a blob that isn't there is told here.
    static InputStream open(long offset, long length, Source source) {
        if (length == 0) {
            source.read(offset, 1, null);
            return InputStream.nullInputStream();
        }
        var first = source.read(offset, (int) Math.min(FIRST, length), null);
        var end = length > first.total() - offset ? first.total() : offset + length;
        return new ChunkedDownload(source, first, offset, end);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("this stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        askAhead();
        if (position == current.length && !next()) {
            return -1;
        }
        var count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        closed = true;
        ahead.forEach(task -> task.cancel(true));
        ahead.clear();
    }

    private void askAhead() {
        while (ahead.size() < AHEAD && asked < end) {
            var from = asked;
            var size = (int) Math.min(CHUNK, end - from);
            var task = new FutureTask<>(() -> source.read(from, size, etag));
            ahead.add(task);
            asked += size;
            Thread.ofPlatform().daemon().name("download").start(task);
        }
    }

    private boolean next() throws IOException {
        var task = ahead.poll();
        if (task == null) {
            return false;
        }
        try {
            current = task.get().bytes();
            position = 0;
            return current.length > 0;
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof StoreException told ? told : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
    }
}
