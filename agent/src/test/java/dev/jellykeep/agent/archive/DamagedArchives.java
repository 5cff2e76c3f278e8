package dev.jellykeep.agent.archive;

import static dev.jellykeep.agent.archive.HostileArchive.damaged;
import static dev.jellykeep.agent.archive.HostileArchive.hostile;

import java.util.Arrays;
import java.util.stream.Stream;

/// Archives that were cut short, damaged on the way, or carry something after their end.
final class DamagedArchives {
    private static final byte[] TAR = new TarBytes()
            .file("a", "x".repeat(700))
            .file("b", "y".repeat(700))
            .end()
            .tar();
    private static final int FIRST = 3 * TarBytes.BLOCK;

    private DamagedArchives() {}

    static Stream<HostileArchive> all() {
        return Stream.concat(tars(), gzips());
    }

    private static Stream<HostileArchive> tars() {
        byte[] wrong = TarBytes.header('0', "f", "", TarBytes.octal(0));
        wrong[148] ^= 1;
        byte[] empty = TarBytes.header('0', "f", "", TarBytes.octal(0));
        Arrays.fill(empty, 148, 156, (byte) ' ');
        return Stream.of(
                damaged("tar cut at a record's end", cut(FIRST)),
                damaged("tar cut inside a header", cut(FIRST + 100)),
                damaged("tar cut after a header", cut(FIRST + TarBytes.BLOCK)),
                damaged("tar cut inside content", cut(FIRST + TarBytes.BLOCK + 600)),
                damaged("tar cut inside padding", cut(TAR.length - 3 * TarBytes.BLOCK + 300)),
                damaged("tar without its end marker", cut(TAR.length - 2 * TarBytes.BLOCK)),
                damaged("tar with half of its end marker", cut(TAR.length - TarBytes.BLOCK)),
                damaged("tar cut inside its end marker", cut(TAR.length - 100)),
                damaged("empty tar", TarBytes.gzip(new byte[0])),
                damaged("wrong checksum", new TarBytes().raw(wrong).end().gz()),
                damaged("no checksum", new TarBytes().raw(empty).end().gz()),
                damaged(
                        "text instead of a tar",
                        TarBytes.gzip("hello ".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                hostile(
                        "entries after a lone zero block",
                        new TarBytes()
                                .file("a", "x")
                                .raw(new byte[TarBytes.BLOCK])
                                .file("b", "x")
                                .end()
                                .gz()),
                hostile(
                        "entries after the end",
                        new TarBytes().file("a", "x").end().file("b", "x").end().gz()),
                hostile(
                        "text after the end",
                        new TarBytes()
                                .file("a", "x")
                                .end()
                                .padded(TarBytes.bytes("more"))
                                .gz()),
                damaged(
                        "a part of a block after the end",
                        new TarBytes()
                                .file("a", "x")
                                .end()
                                .raw(TarBytes.bytes("more"))
                                .gz()));
    }

    private static Stream<HostileArchive> gzips() {
        byte[] whole = TarBytes.gzip(TAR);
        byte[] member = new TarBytes().file("c", "x").end().gz();
        return Stream.of(
                damaged("no bytes", new byte[0]),
                damaged("one byte", Arrays.copyOf(whole, 1)),
                damaged("half a gzip header", Arrays.copyOf(whole, 7)),
                damaged("a gzip header", Arrays.copyOf(whole, 10)),
                damaged("half of the gzip", Arrays.copyOf(whole, whole.length / 2)),
                damaged("gzip without its trailer", Arrays.copyOf(whole, whole.length - 8)),
                damaged("gzip with half of its trailer", Arrays.copyOf(whole, whole.length - 4)),
                damaged("wrong CRC", flipped(whole, whole.length - 8)),
                damaged("wrong length in the trailer", flipped(whole, whole.length - 4)),
                damaged("wrong gzip method", flipped(whole, 2)),
                damaged("reserved gzip flags", flippedBy(whole, 3, 0x80)),
                damaged("broken deflate stream", flippedBy(whole, 10, 0x07)),
                damaged("garbage after the gzip", concat(whole, TarBytes.bytes("garbage"))),
                damaged("zeros after the gzip", concat(whole, new byte[20])),
                damaged("half a member after the gzip", concat(whole, Arrays.copyOf(member, 12))),
                hostile("a second member with a tar of its own", concat(whole, member)),
                damaged("a plain tar", TAR),
                damaged("133 bytes of nothing", new byte[133]));
    }

    private static byte[] cut(int length) {
        return TarBytes.gzip(Arrays.copyOf(TAR, length));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        return flippedBy(bytes, at, 1);
    }

    private static byte[] flippedBy(byte[] bytes, int at, int mask) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) mask;
        return copy;
    }

    static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
