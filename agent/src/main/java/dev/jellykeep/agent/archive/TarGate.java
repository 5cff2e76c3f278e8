package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Stands before the tar reader and refuses what it would let through: a missing end, wrong checksums, headers that ask
/// for memory, sparse files, devices, sizes that don't fit. Follows the block structure only; the bytes pass unchanged.
/// Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header".
final class TarGate extends InputStream {
    private static final int BLOCK = 512;
    private static final Set<Character> PLAIN = Set.of('0', '\0', '5', '2');
    /// Writers fill the last record with zeros; GNU tar's default is 10 KiB.
    private static final long MOST_PADDING = 32L << 20;

    private final InputStream in;
    private final ExtendedHeaders extensions = new ExtendedHeaders();
    private final byte[] block = new byte[BLOCK];
    private int at = BLOCK;
    private long contentLeft;
    private boolean inExtension;
    private long zeroBlocks;

    /// @param in uncompressed tar
    TarGate(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == BLOCK && !inExtension && contentLeft >= BLOCK && length >= BLOCK) {
            return wholeBlocks(bytes, offset, length);
        }
        if (at == BLOCK && !nextBlock()) {
            return -1;
        }
        int n = Math.min(length, BLOCK - at);
        System.arraycopy(block, at, bytes, offset, n);
        at += n;
        return n;
    }

    private int wholeBlocks(byte[] bytes, int offset, int length) throws IOException {
        int want = (int) (Math.min(length, contentLeft) / BLOCK * BLOCK);
        if (in.readNBytes(bytes, offset, want) < want) {
            throw ArchiveRefused.damaged("the tar ends in the middle of an entry");
        }
        contentLeft -= want;
        return want;
    }

    /// True once two zero blocks were seen: the archive has its end.
    boolean ended() {
        return zeroBlocks >= 2;
    }

    private boolean nextBlock() throws IOException {
        int got = in.readNBytes(block, 0, BLOCK);
        if (got == 0) {
            if (!ended()) {
                throw ArchiveRefused.damaged("the tar ends without its end marker");
            }
            return false;
        }
        if (got < BLOCK) {
            throw ArchiveRefused.damaged("the tar ends in the middle of a block");
        }
        at = 0;
        if (contentLeft > 0) {
            content();
        } else if (isZero()) {
            end();
        } else {
            header();
        }
        return true;
    }

    private void content() throws IOException {
        int n = (int) Math.min(BLOCK, contentLeft);
        contentLeft -= n;
        if (inExtension) {
            extensions.append(block, n);
            inExtension = contentLeft > 0;
        }
    }

    private void end() throws IOException {
        if (extensions.pending()) {
            throw ArchiveRefused.damaged("it ends with an extended header and no entry");
        }
        if (++zeroBlocks > MOST_PADDING / BLOCK) {
            throw ArchiveRefused.hostile("it goes on for more than " + MOST_PADDING + " bytes after its end");
        }
    }

    private void header() throws IOException {
        if (zeroBlocks > 0) {
            throw ArchiveRefused.hostile("there is more after the end of the tar");
        }
        checksum();
        char type = (char) (block[156] & 0xFF);
        long size = size();
        if (ExtendedHeaders.isExtension(type)) {
            extensions.begin(type, size);
            inExtension = size > 0;
            contentLeft = size;
        } else if (type == 'S') {
            throw ArchiveRefused.hostile("it holds a sparse file");
        } else if (PLAIN.contains(type)) {
            plain(type, extensions.sizeOf(size));
        } else {
            throw ArchiveRefused.hostile("it holds " + what(type));
        }
    }

    private void plain(char type, long size) throws IOException {
        if (size > 0 && (type == '2' || type == '5')) {
            throw ArchiveRefused.hostile("a folder or link has content");
        }
        contentLeft = size;
    }

    private static String what(char type) {
        return switch (type) {
            case '1' -> "a hard link";
            case '3', '4' -> "a device";
            case '6' -> "a FIFO";
            default -> "an entry of unknown type " + (int) type;
        };
    }

    private long size() throws IOException {
        if ((block[124] & 0x80) != 0) {
            return binarySize();
        }
        String text = text(124, 12);
        if (!text.matches("\0*| *[0-7]+[ \0]*")) {
            throw ArchiveRefused.damaged("an entry's size is not a number");
        }
        String digits = text.replace('\0', ' ').strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private long binarySize() throws IOException {
        long size = block[124] & 0x7F;
        for (int i = 125; i < 136; i++) {
            if (size > Long.MAX_VALUE >> 9) {
                throw ArchiveRefused.hostile("an entry's size is out of range");
            }
            size = (size << 8) | (block[i] & 0xFF);
        }
        return size;
    }

    private void checksum() throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
        }
        String text = text(148, 8).replace('\0', ' ').strip();
        if (!text.matches("[0-7]{1,8}") || Long.parseLong(text, 8) != sum) {
            throw ArchiveRefused.damaged("a header's checksum is wrong, or this is not a tar");
        }
    }

    private String text(int from, int length) {
        return new String(block, from, length, StandardCharsets.ISO_8859_1);
    }

    private boolean isZero() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
