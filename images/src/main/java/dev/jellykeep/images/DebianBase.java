package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a Java runtime needs of a Linux: the C library, and the locale in which file names are UTF-8, from Debian's
/// packages.
final class DebianBase {
    private static final List<String> PACKAGES = List.of("libc6", "libc-bin");
    private static final String LIBRARIES = "lib/x86_64-linux-gnu";
    private static final String LOCALE = "usr/lib/locale/C.utf8";

    /// What runtimes, their programs and name look-ups open.
    private static final List<String> NEEDED = List.of(
            "ld-linux-x86-64.so.2",
            "libc.so.6",
            "libdl.so.2",
            "libm.so.6",
            "libnss_dns.so.2",
            "libnss_files.so.2",
            "libpthread.so.0",
            "libresolv.so.2",
            "librt.so.1");

    private static final Path ROOT = Path.of("/");

    private DebianBase() {}

    /// The packages that it is from.
    static List<Sbom.Part> parts() {
        return PACKAGES.stream()
                .map(name -> {
                    String version = Programs.run(
                                    "say what " + name + " is", List.of("dpkg-query", "-W", "-f", "${Version}", name))
                            .strip();
                    return new Sbom.Part(
                            name,
                            version,
                            "pkg:deb/debian/" + name + "@" + version.replace("+", "%2B") + "?arch=amd64");
                })
                .toList();
    }

    /// The library and the locale as they are installed here, with their licences, and with what tells those who look
    /// for known weaknesses which packages these are.
    ///
    /// @param folder is made, for the latter
    /// @throws BuildFailure if they are not installed, or not for amd64
    static List<Entry> entries(Path folder) throws IOException {
        Path libraries = ROOT.resolve(LIBRARIES);
        for (String name : NEEDED) {
            if (!Files.isReadable(libraries.resolve(name))) {
                throw new BuildFailure("can't take the C library from this machine, since there is no "
                        + libraries.resolve(name) + ": build on Debian for amd64");
            }
        }
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.folder("/lib64", libraries, 0755));
        entries.add(Entry.program("/lib64/ld-linux-x86-64.so.2", libraries.resolve("ld-linux-x86-64.so.2")));
        entries.add(Entry.folder("/" + LIBRARIES, libraries, 0755));
        for (String name : NEEDED) {
            entries.add(Entry.file("/" + LIBRARIES + "/" + name, libraries.resolve(name)));
        }
        entries.addAll(Entry.tree("/" + LOCALE, ROOT.resolve(LOCALE)));
        Files.createDirectories(folder);
        for (String name : PACKAGES) {
            Path status = folder.resolve(name);
            Files.writeString(
                    status, Programs.run("say what " + name + " is", List.of("dpkg-query", "-s", name)) + "\n");
            entries.add(Entry.file("/var/lib/dpkg/status.d/" + name, status));
            String copyright = "usr/share/doc/" + name + "/copyright";
            if (Files.exists(ROOT.resolve(copyright))) {
                entries.add(Entry.file("/" + copyright, ROOT.resolve(copyright)));
            }
        }
        return entries;
    }
}
