package dev.jellykeep.agent.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Builds tars block by block, well-formed or not.
final class TarBytes {
    static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    TarBytes file(String name, String content) {
        return entry('0', name, "", bytes(content));
    }

    TarBytes folder(String name) {
        return entry('5', name, "", new byte[0]);
    }

    TarBytes link(String name, String target) {
        return entry('2', name, target, new byte[0]);
    }

    TarBytes entry(char type, String name, String link, byte[] content) {
        return sized(type, name, link, octal(content.length), content);
    }

    /// @param size the twelve bytes of the header's size field, whatever the content's length
    TarBytes sized(char type, String name, String link, byte[] size, byte[] content) {
        return raw(header(type, name, link, size)).padded(content);
    }

    TarBytes pax(String... keysAndValues) {
        return extension('x', records(keysAndValues));
    }

    TarBytes global(String... keysAndValues) {
        return extension('g', records(keysAndValues));
    }

    TarBytes longName(String name) {
        return extension('L', bytes(name + "\0"));
    }

    TarBytes longLink(String target) {
        return extension('K', bytes(target + "\0"));
    }

    TarBytes extension(char type, byte[] content) {
        return entry(type, "././@extension", "", content);
    }

    TarBytes padded(byte[] content) {
        return raw(content).raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    TarBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    TarBytes end() {
        return raw(new byte[2 * BLOCK]);
    }

    byte[] tar() {
        return out.toByteArray();
    }

    byte[] gz() {
        return gzip(tar());
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] octal(long value) {
        return bytes(String.format("%011o\0", value));
    }

    static byte[] header(char type, String name, String link, byte[] size) {
        byte[] block = new byte[BLOCK];
        put(block, 0, 100, bytes(name));
        put(block, 100, 8, bytes(type == '5' ? "0000755\0" : "0000644\0"));
        put(block, 108, 8, bytes("0001750\0"));
        put(block, 116, 8, bytes("0001750\0"));
        put(block, 124, 12, size);
        put(block, 136, 12, octal(1_700_000_000L));
        block[156] = (byte) type;
        put(block, 157, 100, bytes(link));
        put(block, 257, 8, bytes("ustar\00000"));
        return withChecksum(block);
    }

    static byte[] withChecksum(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        put(block, 148, 8, bytes(String.format("%06o\0 ", sum)));
        return block;
    }

    private static void put(byte[] block, int at, int width, byte[] value) {
        System.arraycopy(value, 0, block, at, Math.min(width, value.length));
    }

    static byte[] records(String... keysAndValues) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            records.writeBytes(record(bytes(keysAndValues[i] + "=" + keysAndValues[i + 1] + "\n")));
        }
        return records.toByteArray();
    }

    static byte[] record(byte[] keyAndValue) {
        int length = keyAndValue.length + 2;
        while (length < keyAndValue.length + 1 + Integer.toString(length).length()) {
            length++;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(bytes(length + " "));
        record.writeBytes(keyAndValue);
        return record.toByteArray();
    }
}
