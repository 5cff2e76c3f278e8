package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/// A Java runtime that has what one program needs.
final class JavaRuntime {
    private JavaRuntime() {}

    /// @param jdk the home of the JDK that it is made from
    /// @param modules by name
    /// @param folder is made; must not be there
    static void link(Path jdk, SortedSet<String> modules, Path folder) {
        Programs.run(
                "link a Java runtime",
                List.of(
                        jdk.resolve("bin/jlink").toString(),
                        "--add-modules",
                        String.join(",", modules),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        folder.toString()));
    }

    /// What a program is started with and reads; of the tools that come with the modules, none.
    static List<Entry> entries(String at, Path folder) throws IOException {
        return Entry.tree(at, folder).stream()
                .filter(each -> !each.at().startsWith(at + "/bin/") || each.at().equals(at + "/bin/java"))
                .toList();
    }
}
