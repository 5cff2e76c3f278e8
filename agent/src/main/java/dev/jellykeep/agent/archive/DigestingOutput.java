package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.snapshot.ContentDigest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Passes bytes on and keeps their SHA-256 and count.
final class DigestingOutput extends FilterOutputStream {
    private final MessageDigest digest = ContentDigest.sha256();
    private long count;

    DigestingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        digest.update((byte) b);
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        count += length;
    }

    long count() {
        return count;
    }

    /// Hex; may be asked once.
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
