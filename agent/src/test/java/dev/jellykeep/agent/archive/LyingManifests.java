package dev.jellykeep.agent.archive;

import static dev.jellykeep.agent.archive.HostileArchive.damaged;
import static dev.jellykeep.agent.archive.HostileArchive.hostile;
import static dev.jellykeep.agent.archive.HostileArchive.tooNew;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Archives that say they are ours and are not what their header or manifest says.
final class LyingManifests {
    private LyingManifests() {}

    static Stream<HostileArchive> all() {
        return Stream.of(headers(), entries(), texts(), databases(), places()).flatMap(each -> each);
    }

    private static Stream<HostileArchive> headers() {
        String header = new String(NativeBytes.HEADER.toBytes(), UTF_8);
        return Stream.of(
                tooNew("header of a later format", headed(header.replace("\"format\":1", "\"format\":2"))),
                damaged("header that is not JSON", headed("<archive/>")),
                damaged("header that is cut short", headed(header.substring(0, header.length() / 2))),
                damaged("header without its fields", headed("{\"format\":1}")),
                damaged("header of another shape", headed("[1]")),
                damaged("empty header", headed("")),
                damaged(
                        "header nested deeply",
                        headed("{\"format\":1,\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")),
                hostile("header of 2 MiB", headed("{\"format\":1,\"x\":\"" + "x".repeat(2 << 20) + "\"}")),
                damaged(
                        "header that is a folder",
                        new TarBytes().folder(ArchiveHeader.ENTRY + "/").end().gz()));
    }

    private static Stream<HostileArchive> entries() {
        return Stream.of(
                damaged(
                        "manifest with another digest",
                        said(1, e -> with(e, e.path(), e.size(), e.mode(), NativeBytes.sha256("other")))),
                damaged(
                        "manifest without digest",
                        said(
                                1,
                                e -> new ManifestEntry(
                                        e.path(), e.type(), e.size(), e.mode(), e.uid(), e.gid(), null, null, null))),
                damaged(
                        "manifest with another size",
                        said(1, e -> with(e, e.path(), e.size() + 1, e.mode(), e.sha256()))),
                damaged("manifest with another mode", said(1, e -> with(e, e.path(), e.size(), 0600, e.sha256()))),
                damaged("manifest with another path", said(1, e -> with(e, "data/z", e.size(), e.mode(), e.sha256()))),
                damaged(
                        "manifest with another owner",
                        said(
                                1,
                                e -> new ManifestEntry(
                                        e.path(), e.type(), e.size(), e.mode(), 0, e.gid(), e.sha256(), null, null))),
                damaged(
                        "manifest with another type",
                        said(
                                0,
                                e -> new ManifestEntry(
                                        e.path(), EntryType.FILE, 0, e.mode(), e.uid(), e.gid(), null, null, null))),
                damaged(
                        "manifest with one entry more",
                        altered(a -> a.entries.add(NativeBytes.entry("data/c", "third")))),
                damaged("manifest with one entry less", altered(a -> a.entries.removeLast())),
                damaged("manifest with no entries", altered(a -> a.entries.clear())),
                damaged("manifest in another order", altered(a -> Collections.swap(a.entries, 1, 2))),
                damaged("manifest with an entry twice", altered(a -> a.entries.add(a.entries.getLast()))));
    }

    private static Stream<HostileArchive> texts() {
        byte[] manifest = NativeBytes.small().manifest();
        String text = new String(manifest, UTF_8);
        return Stream.of(
                damaged("manifest that is cut short", manifested(text.substring(0, text.length() - 5))),
                damaged("manifest that is cut in half", manifested(text.substring(0, text.length() / 2))),
                damaged(
                        "manifest that is cut inside a text",
                        manifested(text.substring(0, text.indexOf("data/a") + 3))),
                damaged("empty manifest", manifested("")),
                damaged("manifest that is not JSON", manifested("<manifest/>")),
                damaged("manifest of another shape", manifested("[]")),
                damaged("manifest with a mode that is no number", manifested(text.replace("\"0644\"", "\"rw-r\""))),
                damaged("manifest with an unknown type", manifested(text.replace("\"file\"", "\"device\""))),
                damaged("manifest with text for a size", manifested(text.replace("\"size\":5", "\"size\":\"5\""))),
                damaged("manifest with other totals", manifested(text.replace("\"entryCount\":3", "\"entryCount\":4"))),
                damaged("manifest with other bytes", manifested(text.replace("\"byteCount\":11", "\"byteCount\":12"))),
                damaged("manifest without totals", manifested(text.replaceAll(",\"entryCount\".*", "}"))),
                damaged("manifest nested deeply", manifested("{\"entries\":[{\"path\":" + "[".repeat(100_000))),
                damaged(
                        "manifest that is not UTF-8",
                        NativeBytes.small()
                                .withManifest(notUtf8(manifest))
                                .tar
                                .end()
                                .gz()),
                damaged(
                        "manifest with much text beside its entries",
                        manifested(text.replace("\"skipped\":[]", "\"skipped\":[" + skipped() + "]"))),
                damaged(
                        "manifest with a text of a mebibyte",
                        manifested(text.replace("{\"path\"", "{\"x\":\"" + "x".repeat(1 << 20) + "\",\"path\""))),
                damaged(
                        "manifest with a record of many values",
                        manifested(text.replace("{\"path\"", "{\"x\":[" + "0,".repeat(50_000) + "0],\"path\""))),
                damaged(
                        "manifest with names that collide",
                        manifested(text.replace("{\"path\"", "{\"x\":{" + colliding() + "},\"path\""))),
                damaged(
                        "manifest with a long name",
                        manifested(text.replace("{\"path\"", "{\"" + "x".repeat(100) + "\":0,\"path\""))),
                damaged("manifest in UTF-16", utf16(text)),
                damaged(
                        "manifest with many fields",
                        manifested(text.replace(",\"entryCount\"", fields() + ",\"entryCount\""))),
                tooNew("manifest of a later format", manifested(text.replace("\"format\":1", "\"format\":2"))));
    }

    private static String fields() {
        return IntStream.range(0, 1000).mapToObj(i -> ",\"x" + i + "\":0").collect(Collectors.joining());
    }

    /// What lies from the fourth four bytes on counts in any order.
    private static String colliding() {
        List<String> names = new ArrayList<>();
        permute("ABCDEFG", "", names);
        return names.stream()
                .limit(2_000)
                .map(order -> "\"______________" + String.join("___", order.split("")) + "___" + "\":0")
                .collect(Collectors.joining(","));
    }

    private static void permute(String left, String order, List<String> names) {
        if (left.isEmpty()) {
            names.add(order);
        }
        for (int i = 0; i < left.length(); i++) {
            permute(left.substring(0, i) + left.substring(i + 1), order + left.charAt(i), names);
        }
    }

    private static byte[] utf16(String manifest) {
        return NativeBytes.small()
                .withManifest(manifest.getBytes(UTF_16BE))
                .tar
                .end()
                .gz();
    }

    private static String skipped() {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"path\":\"" + "x".repeat(1000) + i + "\",\"why\":\"it is one too many\"}")
                .collect(Collectors.joining(","));
    }

    private static Stream<HostileArchive> databases() {
        return Stream.of(
                damaged(
                        "database without a record",
                        said(
                                1,
                                e -> new ManifestEntry(
                                        e.path(),
                                        EntryType.DATABASE,
                                        e.size(),
                                        e.mode(),
                                        e.uid(),
                                        e.gid(),
                                        e.sha256(),
                                        null,
                                        null))),
                damaged("database record without an entry", altered(a -> a.databases.add(record("data/z")))),
                damaged("database record of a plain file", altered(a -> a.databases.add(record("data/a")))),
                damaged("database record outside", altered(a -> a.databases.add(record("../../etc/passwd")))),
                damaged("absolute database record", altered(a -> a.databases.add(record("/etc/passwd")))));
    }

    private static Stream<HostileArchive> places() {
        NativeBytes afterwards = NativeBytes.small();
        afterwards.withManifest(afterwards.manifest()).tar.file("late", "x");
        NativeBytes twice = NativeBytes.small();
        twice.tar.entry('0', ArchiveHeader.ENTRY, "", NativeBytes.HEADER.toBytes());
        NativeBytes second = NativeBytes.small();
        second.withManifest(second.manifest()).withManifest(second.manifest());
        NativeBytes own = NativeBytes.small();
        own.tar.file(".jellykeep/replica.json", "{}");
        NativeBytes ownFolder = NativeBytes.small();
        ownFolder.tar.folder(".jellykeep/");
        NativeBytes root = NativeBytes.small();
        root.tar.folder("./");
        return Stream.of(
                hostile("entry after the manifest", afterwards.tar.end().gz()),
                hostile("two manifests", second.tar.end().gz()),
                damaged("manifest missing", NativeBytes.small().tar.end().gz()),
                damaged("header and nothing else", NativeBytes.begun().tar.end().gz()),
                damaged("manifest that is a folder", folderForManifest()),
                hostile("two headers", twice.gz()),
                hostile("entry in our own folder", own.gz()),
                hostile("our own folder", ownFolder.gz()),
                hostile("the root as an entry", root.gz()));
    }

    private static byte[] folderForManifest() {
        NativeBytes archive = NativeBytes.small();
        archive.tar.folder(ArchiveWriter.MANIFEST + "/");
        return archive.tar.end().gz();
    }

    private static ManifestEntry with(
            ManifestEntry e, String path, long size, int mode, @org.jspecify.annotations.Nullable String sha256) {
        return new ManifestEntry(path, e.type(), size, mode, e.uid(), e.gid(), sha256, null, null);
    }

    private static DatabaseRecord record(String path) {
        return new DatabaseRecord(path, 1, null, null, null, null);
    }

    private static byte[] said(int index, UnaryOperator<ManifestEntry> lie) {
        return altered(archive -> archive.entries.set(index, lie.apply(archive.entries.get(index))));
    }

    private static byte[] altered(Consumer<NativeBytes> lie) {
        NativeBytes archive = NativeBytes.small();
        lie.accept(archive);
        return archive.gz();
    }

    private static byte[] headed(String header) {
        return new TarBytes()
                .file(ArchiveHeader.ENTRY, header)
                .file("a", "x")
                .entry('0', ArchiveWriter.MANIFEST, "", NativeBytes.begun().manifest())
                .end()
                .gz();
    }

    private static byte[] manifested(String text) {
        return NativeBytes.small().withManifest(text.getBytes(UTF_8)).tar.end().gz();
    }

    private static byte[] notUtf8(byte[] manifest) {
        byte[] copy = Arrays.copyOf(manifest, manifest.length);
        copy[new String(manifest, UTF_8).indexOf("data/a")] = (byte) 0xFF;
        return copy;
    }
}
