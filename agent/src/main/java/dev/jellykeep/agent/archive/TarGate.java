package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Stands before the tar reader and refuses what it would let through: a missing end, wrong checksums, headers
/// that ask
/// for memory, sparse files, devices, sizes that don't fit. Follows the block structure only; the bytes pass
/// unchanged.
/// Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header".
final class TarGate extends InputStream {
    private static final int BLOCK = 512;
    private static final int LARGEST_EXTENSION = 1 << 20;
    private static final Set<Character> PLAIN = Set.of('0', '\0', '5', '2');
    private static final Set<Character> EXTENSIONS = Set.of('x', 'g', 'L', 'K');

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private int at = BLOCK;
    private long contentLeft;
    private byte[] extension = new byte[0];
    private int extensionFilled;
    private boolean inExtension;
    private char extensionType;
    private long paxSize = -1;
    private int zeroBlocks;
    private boolean ended;

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
        if (at == BLOCK && !nextBlock()) {
            return -1;
        }
        int n = Math.min(length, BLOCK - at);
        System.arraycopy(block, at, bytes, offset, n);
        at += n;
        return n;
    }

    /// True once two zero blocks were seen: the archive has its end.
    boolean ended() {
        return ended;
    }

    private boolean nextBlock() throws IOException {
        int got = in.readNBytes(block, 0, BLOCK);
        if (got == 0) {
            if (!ended) {
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
        } else {
            header();
        }
        return true;
    }

    private void content() throws IOException {
        int n = (int) Math.min(BLOCK, contentLeft);
        contentLeft -= n;
        if (inExtension) {
            System.arraycopy(block, 0, extension, extensionFilled, n);
            extensionFilled += n;
            if (contentLeft == 0) {
                inExtension = false;
                extensionRead();
            }
        }
    }

    private void header() throws IOException {
        if (isZero()) {
            zeroBlocks++;
            ended |= zeroBlocks >= 2;
            return;
        }
        if (ended) {
            throw ArchiveRefused.hostile("there is more after the end of the tar");
        }
        zeroBlocks = 0;
        checksum();
        char type = (char) (block[156] & 0xFF);
        long size = size();
        if (EXTENSIONS.contains(type)) {
            begin(type, size);
        } else if (type == 'S') {
            throw ArchiveRefused.hostile("it holds a sparse file");
        } else if (PLAIN.contains(type)) {
            contentLeft = type == '5' || type == '2' ? 0 : paxSize >= 0 ? paxSize : size;
            paxSize = -1;
        } else {
            throw ArchiveRefused.hostile("it holds " + what(type));
        }
    }

    private static String what(char type) {
        return switch (type) {
            case '1' -> "a hard link";
            case '3', '4' -> "a device";
            case '6' -> "a FIFO";
            default -> "an entry of unknown type " + (int) type;
        };
    }

    private void begin(char type, long size) throws IOException {
        if (size > LARGEST_EXTENSION) {
            throw ArchiveRefused.hostile("it holds an extended header of " + size + " bytes");
        }
        extension = new byte[(int) size];
        extensionFilled = 0;
        extensionType = type;
        inExtension = size > 0;
        contentLeft = size;
    }

    private void extensionRead() throws IOException {
        if (extensionType != 'x' && extensionType != 'g') {
            return;
        }
        int from = 0;
        while (from < extension.length && extension[from] != 0) {
            from = record(from);
        }
    }

    /// One pax record: `LENGTH KEY=VALUE\n`, the length counting itself.
    private int record(int from) throws IOException {
        int space = from;
        long length = 0;
        while (space < extension.length && extension[space] >= '0' && extension[space] <= '9' && length < 1 << 24) {
            length = length * 10 + extension[space++] - '0';
        }
        long end = from + length;
        if (space == from
                || space >= extension.length
                || extension[space] != ' '
                || end > extension.length
                || end <= space + 1
                || extension[(int) end - 1] != '\n') {
            throw ArchiveRefused.damaged("an extended header is malformed");
        }
        String text = new String(extension, space + 1, (int) end - space - 2, StandardCharsets.UTF_8);
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw ArchiveRefused.damaged("an extended header is malformed");
        }
        key(text.substring(0, equals), text.substring(equals + 1));
        return (int) end;
    }

    private void key(String key, String value) throws IOException {
        if (key.startsWith("GNU.sparse") || key.equals("SCHILY.realsize")) {
            throw ArchiveRefused.hostile("it holds a sparse file");
        }
        boolean matters = Set.of("size", "path", "linkpath").contains(key);
        if (matters && extensionType == 'g') {
            throw ArchiveRefused.hostile("a global header sets `" + key + "`");
        }
        if (key.equals("size")) {
            paxSize = decimal(value);
        }
    }

    private static long decimal(String value) throws IOException {
        if (!value.matches("[0-9]{1,18}")) {
            throw ArchiveRefused.hostile("an entry's size is " + value.substring(0, Math.min(40, value.length())));
        }
        return Long.parseLong(value);
    }

    private long size() throws IOException {
        if ((block[124] & 0x80) != 0) {
            return binarySize();
        }
        String text = new String(block, 124, 12, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        if (!text.matches("[0-7]{0,12}")) {
            throw ArchiveRefused.damaged("an entry's size is not a number");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text, 8);
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
        String text = new String(block, 148, 8, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        if (!text.matches("[0-7]{1,8}") || Long.parseLong(text, 8) != sum) {
            throw ArchiveRefused.damaged("a header's checksum is wrong, or this is not a tar");
        }
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
