package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes one gzip member, deflating blocks of 1 MiB on several threads (the method of pigz): blocks end on a sync
/// flush, so that their concatenation is one deflate stream that any reader opens. Source: RFC 1951 §3.2.4, RFC
/// 1952.
public final class ParallelGzip extends OutputStream {
    /// Level 6 buys 4 % of size for twice the CPU.
    public static final int LEVEL = 1;

    /// Bytes of content in every block but the last.
    static final int BLOCK = 1 << 20;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 255};
    private static final byte[] EMPTY_FINAL_BLOCK = {3, 0};

    private final OutputStream out;
    private final int threads;
    private final ExecutorService pool;
    private final Deque<Future<Deflated>> pending = new ArrayDeque<>();
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private final Deque<byte[]> spareOutput = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private byte[] block = new byte[BLOCK];
    private int filled;
    private long length;
    private boolean finished;

    /// @param out not closed by this stream
    /// @param threads blocks in work at a time; memory is about 2 MiB for each
    public ParallelGzip(OutputStream out, int threads) throws IOException {
        this.out = out;
        this.threads = threads;
        this.pool = WorkerThreads.pool("gzip", threads);
        out.write(HEADER);
    }

    /// How a member begins.
    static byte[] header() {
        return HEADER.clone();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        crc.update(bytes, offset, count);
        length += count;
        int from = offset;
        int left = count;
        while (left > 0) {
            int n = Math.min(left, BLOCK - filled);
            System.arraycopy(bytes, from, block, filled, n);
            filled += n;
            from += n;
            left -= n;
            if (filled == BLOCK) {
                submit();
            }
        }
    }

    private void submit() throws IOException {
        byte[] full = block;
        int count = filled;
        byte[] output = spareOutput.isEmpty() ? new byte[BLOCK / 2 + 1024] : spareOutput.pop();
        pending.add(pool.submit(() -> deflate(full, count, output)));
        block = spare.isEmpty() ? new byte[BLOCK] : spare.pop();
        filled = 0;
        while (pending.size() > threads) {
            drainOne();
        }
    }

    private void drainOne() throws IOException {
        try {
            Deflated deflated = pending.remove().get();
            out.write(deflated.bytes(), 0, deflated.count());
            spare.push(deflated.source());
            spareOutput.push(deflated.bytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compressing", e);
        } catch (ExecutionException e) {
            throw new IOException("compressing failed", e);
        }
    }

    /// Ends the member. Nothing more may be written.
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        if (filled > 0) {
            submit();
        }
        while (!pending.isEmpty()) {
            drainOne();
        }
        out.write(EMPTY_FINAL_BLOCK);
        little(crc.getValue());
        little(length & 0xFFFFFFFFL);
    }

    private void little(long value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >>> shift) & 0xFF);
        }
    }

    /// Stops the threads; does not end the member.
    @Override
    public void close() {
        pool.shutdownNow();
    }

    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
    private record Deflated(byte[] source, byte[] bytes, int count) {}

    private static Deflated deflate(byte[] source, int count, byte[] output) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(source, 0, count);
            byte[] bytes = output;
            int written = 0;
            while (true) {
                written += deflater.deflate(bytes, written, bytes.length - written, Deflater.SYNC_FLUSH);
                if (written < bytes.length) {
                    return new Deflated(source, bytes, written);
                }
                bytes = Arrays.copyOf(bytes, bytes.length + BLOCK / 2 + 1024);
            }
        } finally {
            deflater.end();
        }
    }
}
