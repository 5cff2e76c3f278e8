package dev.jellykeep.agent.archive;

import static dev.jellykeep.agent.archive.HostileArchive.hostile;

import java.util.stream.Stream;

/// Archives that hold what a data folder has no use for: links out of it, devices, sparse files.
final class HostileTypes {
    private HostileTypes() {}

    static Stream<HostileArchive> all() {
        return Stream.of(links(), kinds(), sparse()).flatMap(each -> each);
    }

    private static Stream<HostileArchive> links() {
        return Stream.of(
                hostile(
                        "link out, then a file through it",
                        link("l", "..").file("l/evil", "x").end().gz()),
                hostile("absolute link", link("l", "/etc").end().gz()),
                hostile(
                        "absolute link by pax",
                        new TarBytes()
                                .pax("linkpath", "/etc")
                                .link("l", "a")
                                .end()
                                .gz()),
                hostile(
                        "absolute link by GNU long link",
                        new TarBytes().longLink("/etc").link("l", "a").end().gz()),
                hostile("link without target", link("l", "").end().gz()),
                hostile(
                        "link with NUL in its target",
                        new TarBytes()
                                .pax("linkpath", "a\0b")
                                .link("l", "a")
                                .end()
                                .gz()),
                hostile(
                        "link that leaves from a folder",
                        link("d/l", "../../x").end().gz()),
                hostile(
                        "link that leaves after a detour",
                        link("l", "a/b/../../../x").end().gz()),
                hostile(
                        "link chain that leaves",
                        link("d/up", "..").link("out", "d/up/..").end().gz()),
                hostile(
                        "link chain that leaves, other order",
                        link("out", "d/up/..").link("d/up", "..").end().gz()),
                hostile(
                        "file through a link inside",
                        link("l", "d").file("l/f", "x").end().gz()),
                hostile(
                        "folder through a link inside",
                        link("l", "d").folder("l/f/").end().gz()),
                hostile(
                        "link through a link",
                        link("l", "d").link("l/f", "x").end().gz()),
                hostile(
                        "link into our own folder",
                        link("l", ".jellykeep/replica.json").end().gz()),
                hostile(
                        "link with content",
                        new TarBytes().entry('2', "l", "a", new byte[100]).end().gz()),
                hostile("hard link out", typed('1', "l", "../../etc/passwd")),
                hostile(
                        "hard link inside",
                        new TarBytes()
                                .file("a", "x")
                                .entry('1', "b", "a", new byte[0])
                                .end()
                                .gz()));
    }

    private static Stream<HostileArchive> kinds() {
        return Stream.concat(
                Stream.of(
                        hostile("character device", typed('3', "null", "")),
                        hostile("block device", typed('4', "sda", "")),
                        hostile("FIFO", typed('6', "pipe", "")),
                        hostile("contiguous file", typed('7', "file", ""))),
                "8AZDMNVXI~".chars().mapToObj(type -> hostile("type " + (char) type, typed((char) type, "file", ""))));
    }

    private static Stream<HostileArchive> sparse() {
        return Stream.of(
                hostile("GNU sparse", typed('S', "file", "")),
                hostile(
                        "pax GNU sparse 0.0",
                        paxed(
                                "GNU.sparse.size",
                                "1000000",
                                "GNU.sparse.numblocks",
                                "1",
                                "GNU.sparse.offset",
                                "0",
                                "GNU.sparse.numbytes",
                                "1")),
                hostile("pax GNU sparse 0.1", paxed("GNU.sparse.map", "0,1", "GNU.sparse.size", "99999999999")),
                hostile(
                        "pax GNU sparse 1.0",
                        paxed(
                                "GNU.sparse.major",
                                "1",
                                "GNU.sparse.minor",
                                "0",
                                "GNU.sparse.name",
                                "f",
                                "GNU.sparse.realsize",
                                "99999999999")),
                hostile(
                        "global GNU sparse",
                        new TarBytes()
                                .global("GNU.sparse.map", "0,1")
                                .file("f", "x")
                                .end()
                                .gz()),
                hostile("star's sparse", paxed("SCHILY.filetype", "sparse", "SCHILY.realsize", "99999999999")),
                hostile("star's sparse without a size", paxed("SCHILY.filetype", "sparse")));
    }

    private static TarBytes link(String name, String target) {
        return new TarBytes().link(name, target);
    }

    private static byte[] typed(char type, String name, String link) {
        return new TarBytes().entry(type, name, link, new byte[0]).end().gz();
    }

    private static byte[] paxed(String... keysAndValues) {
        return new TarBytes().pax(keysAndValues).file("f", "x").end().gz();
    }
}
