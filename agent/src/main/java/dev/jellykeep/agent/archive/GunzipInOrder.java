package dev.jellykeep.agent.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Inflates a gzip member from somewhere in its middle to its end, proves its checksum and length, and reads what
/// members follow. Source: RFC 1952 §2.2, §2.3.1.
final class GunzipInOrder extends InputStream {
    /// Bytes that deflate may refer back to.
    static final int WINDOW = 32 * 1024;

    private static final int BUFFER = 1 << 13;

    private final Member member;
    private final CRC32 crc;
    private long length;
    private @Nullable InputStream following;

    /// @param source at a block's beginning
    /// @param window the last bytes that were inflated, at most {@link #WINDOW}
    /// @param crc of all bytes that were inflated
    /// @param length of the same
    GunzipInOrder(InputStream source, byte[] window, CRC32 crc, long length) {
        this.member = new Member(source, window);
        this.crc = crc;
        this.length = length;
    }

    /// Reads whole members, one behind the other.
    static InputStream members(InputStream source) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(source)
                .setDecompressConcatenated(true)
                .get();
    }

    private static final class Member extends InflaterInputStream {
        Member(InputStream source, byte[] window) {
            super(source, new Inflater(true), BUFFER);
            if (window.length > 0) {
                inf.setDictionary(window);
            }
        }

        InputStream behind() {
            int left = inf.getRemaining();
            InputStream behind = new SequenceInputStream(new ByteArrayInputStream(buf.clone(), len - left, left), in);
            inf.end();
            return behind;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (following != null) {
            return following.read(target, offset, count);
        }
        int n = member.read(target, offset, count);
        if (n >= 0) {
            crc.update(target, offset, n);
            length += n;
            return n;
        }
        following = trailer(member.behind());
        return following.read(target, offset, count);
    }

    private InputStream trailer(InputStream behind) throws IOException {
        if (little(behind) != crc.getValue()) {
            throw new ZipException("the checksum of its gzip member is wrong");
        }
        if (little(behind) != (length & 0xFFFFFFFFL)) {
            throw new ZipException("the length of its gzip member is wrong");
        }
        PushbackInputStream next = new PushbackInputStream(behind);
        int first = next.read();
        if (first < 0) {
            return InputStream.nullInputStream();
        }
        next.unread(first);
        return members(next);
    }

    private static long little(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Integer.BYTES);
        if (bytes.length < Integer.BYTES) {
            throw new EOFException("its gzip member has no end");
        }
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        member.close();
    }
}
