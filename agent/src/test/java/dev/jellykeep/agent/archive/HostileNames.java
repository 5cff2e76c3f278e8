package dev.jellykeep.agent.archive;

import static dev.jellykeep.agent.archive.HostileArchive.hostile;

import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;

/// Archives whose names lead out of the folder, can't be names, or stand for one file twice.
final class HostileNames {
    private HostileNames() {}

    static Stream<HostileArchive> all() {
        return Stream.of(leaving(), impossible(), twice()).flatMap(each -> each);
    }

    private static Stream<HostileArchive> leaving() {
        Stream<HostileArchive> plain = Stream.of(
                        "/etc/evil",
                        "//evil",
                        "..",
                        "../evil",
                        "a/../evil",
                        "a/..",
                        "a/../../evil",
                        "./../evil",
                        "a/b/../../../evil")
                .map(name -> hostile("name " + name, file(name).end().gz()));
        return Stream.concat(
                plain,
                Stream.of(
                        hostile(
                                "folder that leaves",
                                new TarBytes().folder("../evil/").end().gz()),
                        hostile("absolute path by pax", renamed("/etc/evil")),
                        hostile("leaving path by pax", renamed("a/../../evil")),
                        hostile("absolute path by GNU long name", longNamed("/etc/evil")),
                        hostile("leaving path by GNU long name", longNamed("../evil")),
                        hostile(
                                "leaving path by ustar prefix",
                                new TarBytes()
                                        .raw(withPrefix("../..", "evil"))
                                        .end()
                                        .gz())));
    }

    private static Stream<HostileArchive> impossible() {
        return Stream.of(
                hostile("NUL by pax path", renamed("a\0b")),
                hostile("NUL by GNU long name", longNamed("a\0b")),
                hostile("path that is not UTF-8", notUtf8()),
                hostile("file without a name", file("./").end().gz()),
                hostile("a part of 256 bytes", renamed("d/" + "n".repeat(256))),
                hostile("a part of 256 bytes in 128 letters", renamed("ä".repeat(128))),
                hostile("a path of 4200 bytes", renamed("d/".repeat(2100) + "f")),
                hostile("a path of 4090 bytes, too long below the target", renamed("d/".repeat(2045) + "f")),
                hostile("a GNU name of 5000 bytes", longNamed("d/".repeat(2500) + "f")),
                hostile(
                        "file whose name is a folder's",
                        new TarBytes().file("d/", "content").end().gz()));
    }

    private static Stream<HostileArchive> twice() {
        return Stream.of(
                hostile("a file twice", file("a").file("a", "2").end().gz()),
                hostile(
                        "a file twice, once with ./",
                        file("a").file("./a", "2").end().gz()),
                hostile(
                        "a file twice, once with //",
                        file("d/a").file("d//a", "2").end().gz()),
                hostile(
                        "a file twice, once by pax",
                        file("a").pax("path", "a").file("b", "2").end().gz()),
                hostile(
                        "a file twice, once by GNU long name",
                        file("a").longName("a").file("b", "2").end().gz()),
                hostile(
                        "a file and below it a file",
                        file("a").file("a/b", "2").end().gz()),
                hostile(
                        "a file and far below it a file",
                        file("a").file("a/b/c/d", "2").end().gz()),
                hostile(
                        "a file and below it a folder",
                        file("a").folder("a/b/").end().gz()),
                hostile(
                        "a file and far below it a folder",
                        file("a").folder("a/b/c/").end().gz()),
                hostile("a file, then a folder", file("a").folder("a/").end().gz()),
                hostile(
                        "a folder, then a file",
                        new TarBytes().folder("a/").file("a", "2").end().gz()),
                hostile("a file, then a link", file("a").link("a", "b").end().gz()),
                hostile(
                        "a link, then a file",
                        new TarBytes().link("a", "b").file("a", "2").end().gz()),
                hostile(
                        "a link, then a folder",
                        new TarBytes().link("a", "b").folder("a/").end().gz()),
                hostile(
                        "a link twice",
                        new TarBytes().link("a", "b").link("a", "c").end().gz()),
                hostile("a link below a file", file("a").link("a/b", "c").end().gz()),
                hostile(
                        "a link, then a file in its way",
                        new TarBytes().link("a/b", "c").file("a", "2").end().gz()),
                hostile(
                        "a link, then a link in its way",
                        new TarBytes().link("a/b", "c").link("a", "d").end().gz()));
    }

    private static TarBytes file(String name) {
        return new TarBytes().file(name, "evil");
    }

    private static byte[] renamed(String name) {
        return new TarBytes().pax("path", name).file("harmless", "evil").end().gz();
    }

    private static byte[] longNamed(String name) {
        return new TarBytes().longName(name).file("harmless", "evil").end().gz();
    }

    private static byte[] notUtf8() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(TarBytes.bytes("path=a"));
        record.write(0xC3);
        record.write('(');
        record.write('\n');
        return new TarBytes()
                .extension('x', TarBytes.record(record.toByteArray()))
                .file("harmless", "evil")
                .end()
                .gz();
    }

    private static byte[] withPrefix(String prefix, String name) {
        byte[] block = TarBytes.header('0', name, "", TarBytes.octal(0));
        byte[] text = TarBytes.bytes(prefix);
        System.arraycopy(text, 0, block, 345, text.length);
        return TarBytes.withChecksum(block);
    }
}
