package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// A Java runtime that has what one program needs.
final class JavaRuntime {
    private JavaRuntime() {}

    /// @param jdk the home of the JDK that links
    /// @param foreign the folder of another machine's modules, of the same version; empty: the JDK's own
    /// @param modules by name
    /// @param folder is made; must not be there
    static void link(Path jdk, Optional<Path> foreign, SortedSet<String> modules, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                String.join(",", modules),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString()));
        foreign.ifPresentOrElse(
                jmods -> command.addAll(List.of("--module-path", jmods.toString(), "--strip-java-debug-attributes")),
                () -> command.add("--strip-debug"));
        Programs.run("link a Java runtime", command);
    }

    /// What a program is started with and reads; of the tools that come with the modules, none.
    static List<Entry> entries(String at, Path folder) throws IOException {
        return Entry.tree(at, folder).stream()
                .filter(each -> !each.at().startsWith(at + "/bin/") || each.at().equals(at + "/bin/java"))
                .toList();
    }
}
