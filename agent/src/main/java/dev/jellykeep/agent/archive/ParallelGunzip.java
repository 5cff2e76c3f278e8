package dev.jellykeep.agent.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Reads what {@link ParallelGzip} writes, inflating its blocks on several threads. Nothing in the file says where they
/// begin: a piece that ends like a block is inflated as one, and believed if exactly a block comes out. From the first
/// other piece on, the last one included, everything is inflated in order, so that any gzip file is read rightly.
final class ParallelGunzip extends InputStream {
    private static final int BLOCK = ParallelGzip.BLOCK;

    private final BlockPieces pieces;
    private final InputStream source;
    private final int threads;
    private final ExecutorService pool;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private byte @Nullable [] block;
    private int position;
    private long length;
    private @Nullable InputStream rest;

    /// @param inflated `null` if the piece isn't a whole block
    private record Pending(BlockPieces.Piece piece, Future<byte @Nullable []> inflated) {}

    /// @param source behind a gzip member's header of ten bytes; not closed
    /// @param threads blocks in work at a time; memory is about 3 MiB for each
    ParallelGunzip(InputStream source, int threads) {
        this.source = source;
        this.pieces = new BlockPieces(source);
        this.threads = threads;
        this.pool = WorkerThreads.pool("gunzip", threads);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return 0;
        }
        if (rest == null && (block == null || position == BLOCK)) {
            next();
        }
        if (rest != null) {
            return rest.read(target, offset, count);
        }
        int n = Math.min(count, BLOCK - position);
        System.arraycopy(Objects.requireNonNull(block), position, target, offset, n);
        position += n;
        return n;
    }

    /// Goes on to the next block, or to the rest.
    private void next() throws IOException {
        while (pending.size() <= threads) {
            BlockPieces.Piece piece = pieces.next();
            if (piece == null) {
                break;
            }
            byte[] into = spare.isEmpty() ? new byte[BLOCK] : spare.pop();
            pending.add(new Pending(piece, pool.submit(() -> piece.inflated(into))));
        }
        Pending first = pending.peek();
        byte[] inflated = first == null ? null : result(first);
        if (first == null || inflated == null) {
            rest = new GunzipInOrder(remaining(), window(), crc, length);
            return;
        }
        pending.remove();
        pieces.free(first.piece());
        if (block != null) {
            spare.push(block);
        }
        block = inflated;
        position = 0;
        length += BLOCK;
        crc.update(inflated);
    }

    private static byte @Nullable [] result(Pending first) throws IOException {
        try {
            return first.inflated().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while reading").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private InputStream remaining() {
        List<InputStream> streams = Stream.of(
                        pending.stream().map(each -> each.piece().stream()), Stream.of(pieces.unread(), source))
                .<InputStream>flatMap(each -> each)
                .toList();
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /// What a deflate stream may refer back to.
    private byte[] window() {
        byte[] last = block;
        return last == null ? new byte[0] : Arrays.copyOfRange(last, BLOCK - GunzipInOrder.WINDOW, BLOCK);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /// Whether this begins like what {@link ParallelGzip} writes; others begin so too, and are read as rightly.
    static boolean fits(byte[] header) {
        return Arrays.equals(header, ParallelGzip.header());
    }

    /// Reads gzip of any writer.
    ///
    /// @throws IOException as of the decoder, if the header is none
    static InputStream open(InputStream source, int threads) throws IOException {
        byte[] header = source.readNBytes(ParallelGzip.header().length);
        return fits(header)
                ? new ParallelGunzip(source, threads)
                : GunzipInOrder.members(new SequenceInputStream(new ByteArrayInputStream(header), source));
    }
}
