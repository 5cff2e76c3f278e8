package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.ThreadEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads a source in a thread of its own, up to four chunks ahead of whoever reads from here: what decoding costs and
/// what is done with the result then share no core. What the source throws is thrown here, in its place.
final class ReadAhead extends InputStream {
    private static final int CHUNK = 128 * 1024;
    private static final int AHEAD = 4;

    private final InputStream source;
    private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(AHEAD + 2);
    private final Thread reader;
    private @Nullable Throwable failure;
    private @Nullable Chunk current;
    private int position;

    /// @param count bytes; -1: the end, or `failure`
    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
    private record Chunk(byte[] bytes, int count, @Nullable Throwable failure) {}

    /// @param source read by this stream's thread alone until this stream is closed; not closed
    ReadAhead(InputStream source) {
        this.source = source;
        for (int i = 0; i < AHEAD + 2; i++) {
            free.add(new byte[CHUNK]);
        }
        this.reader = Thread.ofPlatform().daemon().name("read-ahead").start(this::readToTheEnd);
    }

    private void readToTheEnd() {
        try {
            Chunk chunk;
            do {
                chunk = fill(free.take());
                filled.put(chunk);
            } while (chunk.count() >= 0);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Chunk fill(byte[] bytes) {
        int count = 0;
        try {
            int n = 0;
            while (failure == null && n >= 0 && count < bytes.length) {
                n = source.read(bytes, count, bytes.length - count);
                count += Math.max(0, n);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        return count > 0 ? new Chunk(bytes, count, null) : new Chunk(bytes, -1, failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        Chunk chunk = chunk();
        if (chunk.count() < 0) {
            throwAgain(chunk.failure());
            return -1;
        }
        int count = Math.min(length, chunk.count() - position);
        System.arraycopy(chunk.bytes(), position, target, offset, count);
        position += count;
        return count;
    }

    /// One that still has something, or the last.
    private Chunk chunk() throws IOException {
        Chunk chunk = current;
        try {
            if (chunk == null || (chunk.count() >= 0 && position == chunk.count())) {
                if (chunk != null) {
                    free.put(chunk.bytes());
                }
                chunk = filled.take();
                current = chunk;
                position = 0;
            }
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while reading").initCause(e);
        }
    }

    private static void throwAgain(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /// Returns when the source is no longer read.
    @Override
    public void close() {
        reader.interrupt();
        ThreadEnd.await(reader);
    }
}
