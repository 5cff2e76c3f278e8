package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.snapshot.ContentDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Counts and digests what is read, and remembers whether the source itself failed. Read by one thread at a time; the
/// count and the memory can be asked by any.
final class CountingInput extends FilterInputStream {
    private final MessageDigest digest = ContentDigest.sha256();
    private final AtomicLong count = new AtomicLong();
    private volatile boolean failed;

    CountingInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = in.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
        if (n > 0) {
            digest.update(bytes, offset, n);
            count.addAndGet(n);
        }
        return n;
    }

    /// Never 0 before the end: inflaters take a 0 for the end of the stream.
    @Override
    public int available() {
        return 1;
    }

    /// Reads, so that what is skipped is counted and digested too.
    @Override
    public long skip(long bytes) throws IOException {
        byte[] skipped = new byte[(int) Math.min(1 << 13, Math.max(0, bytes))];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// The source belongs to the caller.
    @Override
    public void close() {
        // and is read on after its decoders are closed
    }

    long count() {
        return count.get();
    }

    boolean failed() {
        return failed;
    }

    /// Hex digest of all bytes, what has not been read yet included.
    String sha256() throws IOException {
        byte[] rest = new byte[1 << 13];
        while (read(rest, 0, rest.length) >= 0) {
            Thread.onSpinWait();
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
