package dev.jellykeep.agent.archive;

import static dev.jellykeep.agent.archive.HostileArchive.damaged;
import static dev.jellykeep.agent.archive.HostileArchive.hostile;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Archives whose sizes lie, and whose extended headers ask for memory or for a deep stack.
final class HostileSizes {
    private static final byte[] CONTENT = new byte[3000];

    static {
        Arrays.fill(CONTENT, (byte) 'c');
    }

    private HostileSizes() {}

    static Stream<HostileArchive> all() {
        return Stream.of(pax(), field(), differing(), extensions(), bombs()).flatMap(each -> each);
    }

    private static Stream<HostileArchive> pax() {
        return Stream.of(
                damaged("pax size smaller than the content", sized("100")),
                damaged("pax size larger than the content", sized("999999")),
                hostile("negative pax size", sized("-1")),
                hostile("pax size that is no number", sized("many")),
                hostile("empty pax size", sized("")),
                hostile("huge pax size", sized("999999999999999999")),
                hostile("pax size out of range", sized("99999999999999999999999999")));
    }

    private static Stream<HostileArchive> field() {
        byte[] binaryHuge = new byte[12];
        binaryHuge[0] = (byte) 0x80;
        binaryHuge[4] = 1;
        byte[] binaryOut = new byte[12];
        Arrays.fill(binaryOut, (byte) 0x7F);
        binaryOut[0] = (byte) 0x80;
        byte[] negative = new byte[12];
        Arrays.fill(negative, (byte) 0xFF);
        return Stream.of(
                hostile("base-256 size beyond the limit", withSize(binaryHuge)),
                hostile("base-256 size out of range", withSize(binaryOut)),
                hostile("negative base-256 size", withSize(negative)),
                hostile("octal size beyond the limit", withSize(TarBytes.bytes("777777777777"))),
                damaged("size that is no number", withSize(TarBytes.bytes("12x4\0"))),
                damaged("negative octal size", withSize(TarBytes.bytes("-0000000001"))),
                damaged("size with a hole", withSize(TarBytes.bytes("0000 005670"))),
                damaged("size of the content's length after a NUL", withSize(TarBytes.bytes("\0000000005670"))));
    }

    /// Where two readers would see different ends of an entry, one can be made to skip what the other checked.
    private static Stream<HostileArchive> differing() {
        byte[] hidden = new TarBytes().entry('S', "hidden", "", new byte[0]).tar();
        return Stream.of(
                hostile(
                        "two pax headers with different sizes",
                        new TarBytes()
                                .pax("size", "0")
                                .pax("size", "512")
                                .entry('0', "f", "", hidden)
                                .end()
                                .gz()),
                hostile(
                        "entries inside a file that is a folder by name",
                        new TarBytes().entry('0', "d/", "", hidden).end().gz()),
                hostile(
                        "entries inside a file that is a folder by pax",
                        new TarBytes()
                                .pax("path", "d/")
                                .entry('0', "f", "", hidden)
                                .end()
                                .gz()),
                hostile(
                        "entries inside a link",
                        new TarBytes().entry('2', "l", "a", hidden).end().gz()),
                hostile(
                        "entries inside a folder",
                        new TarBytes().entry('5', "d/", "", hidden).end().gz()));
    }

    private static Stream<HostileArchive> extensions() {
        byte[] gigabytes = TarBytes.octal(2L << 30);
        return Stream.of(
                hostile(
                        "pax header of 2 GiB",
                        new TarBytes()
                                .sized('x', "x", "", gigabytes, CONTENT)
                                .end()
                                .gz()),
                hostile(
                        "GNU name of 2 GiB",
                        new TarBytes()
                                .sized('L', "x", "", gigabytes, CONTENT)
                                .end()
                                .gz()),
                hostile(
                        "GNU link of 2 GiB",
                        new TarBytes()
                                .sized('K', "x", "", gigabytes, CONTENT)
                                .end()
                                .gz()),
                hostile(
                        "pax header of 2 MiB",
                        new TarBytes()
                                .pax("comment", "c".repeat(2 << 20))
                                .file("f", "x")
                                .end()
                                .gz()),
                hostile(
                        "GNU name of 2 MiB",
                        new TarBytes()
                                .longName("c".repeat(2 << 20))
                                .file("f", "x")
                                .end()
                                .gz()),
                hostile(
                        "100 000 pax headers in a row",
                        repeated(100_000, new TarBytes().pax("comment", "x").tar())),
                hostile(
                        "100 000 GNU names in a row",
                        repeated(100_000, new TarBytes().longName("n").tar())),
                hostile(
                        "100 000 global headers in a row",
                        repeated(100_000, new TarBytes().global("comment", "x").tar())),
                hostile("100 global headers with 1 MiB of their own each", globals(100)),
                hostile("global path", globally("path", "evil")),
                hostile("global linkpath", globally("linkpath", "evil")),
                hostile("global size", globally("size", "1")),
                damaged("pax record without length", extended("path=x\n")),
                damaged("pax record that is too long for its header", extended("99 path=x\n")),
                damaged("pax record that is too short", extended("3 path=x\n")),
                damaged("pax record without key", extended("5 =x\n")),
                damaged("pax record without end", extended("9 path=xy")),
                damaged(
                        "pax time that is no number",
                        new TarBytes()
                                .pax("mtime", "1e999999999")
                                .file("f", "x")
                                .end()
                                .gz()),
                damaged(
                        "pax owner that is no number",
                        new TarBytes().pax("uid", "root").file("f", "x").end().gz()),
                damaged(
                        "a pax header and no entry",
                        new TarBytes().pax("path", "f").end().gz()),
                damaged(
                        "a GNU name and no entry",
                        new TarBytes().longName("f").end().gz()));
    }

    private static Stream<HostileArchive> bombs() {
        Limits small = new Limits(100, 1L << 20, 1L << 30, 1000);
        return Stream.of(
                hostile(
                        "bomb by ratio, one file",
                        new TarBytes()
                                .entry('0', "f", "", new byte[20 << 20])
                                .end()
                                .gz()),
                hostile("bomb by ratio, many files", files(200, new byte[100_000])),
                hostile(
                                "bomb by total, one file",
                                new TarBytes()
                                        .entry('0', "f", "", new byte[2 << 20])
                                        .end()
                                        .gz())
                        .within(small),
                hostile("bomb by total, many files", files(20, new byte[100_000]))
                        .within(small),
                hostile(
                                "bomb by folders that no entry names",
                                new TarBytes()
                                        .pax("path", "a/".repeat(60) + "f")
                                        .file("x", "")
                                        .pax("path", "b/".repeat(60) + "f")
                                        .file("x", "")
                                        .end()
                                        .gz())
                        .within(small),
                hostile("bomb by count", files(200, new byte[0])).within(small),
                hostile(
                                "bomb by count of roots",
                                repeated(200, new TarBytes().folder("./").tar()))
                        .within(small),
                hostile(
                                "bomb by count of ignored files",
                                repeated(
                                        200,
                                        new TarBytes().file(".jellykeep/x", "x").tar()))
                        .within(small),
                hostile(
                                "bomb in an ignored file",
                                new TarBytes()
                                        .entry('0', ".jellykeep/x", "", new byte[2 << 20])
                                        .end()
                                        .gz())
                        .within(small),
                hostile(
                        "bomb after the end",
                        new TarBytes()
                                .file("f", "x")
                                .end()
                                .raw(new byte[64 << 20])
                                .gz()));
    }

    private static byte[] sized(String size) {
        return new TarBytes()
                .pax("size", size)
                .entry('0', "f", "", CONTENT)
                .file("g", "x")
                .end()
                .gz();
    }

    private static byte[] withSize(byte[] field) {
        return new TarBytes()
                .sized('0', "f", "", field, CONTENT)
                .file("g", "x")
                .end()
                .gz();
    }

    private static byte[] extended(String records) {
        return new TarBytes()
                .extension('x', TarBytes.bytes(records))
                .file("f", "x")
                .end()
                .gz();
    }

    private static byte[] globally(String key, String value) {
        return new TarBytes().global(key, value).file("f", "x").end().gz();
    }

    private static byte[] globals(int count) {
        TarBytes tar = new TarBytes();
        IntStream.range(0, count)
                .forEach(i -> tar.global("own" + i, "v".repeat(1_000_000)).file("f" + i, "x"));
        return tar.end().gz();
    }

    private static byte[] repeated(int count, byte[] part) {
        TarBytes tar = new TarBytes();
        IntStream.range(0, count).forEach(_ -> tar.raw(part));
        return tar.file("f", "x").end().gz();
    }

    private static byte[] files(int count, byte[] content) {
        TarBytes tar = new TarBytes();
        IntStream.range(0, count).forEach(i -> tar.entry('0', "f" + i, "", content));
        return tar.end().gz();
    }
}
