package dev.jellykeep.sandbox.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders with all that is in them.
public final class Trees {

    private Trees() {}

    /// Deletes a folder and everything in it; nothing if it is not there.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /// Copies a folder and everything in it, also to another file system.
    ///
    /// @param to which isn't there
    public static void copy(Path folder, Path to) throws IOException {
        List<Path> shallowFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            shallowFirst = all.toList();
        }
        for (Path path : shallowFirst) {
            Files.copy(path, to.resolve(folder.relativize(path).toString()));
        }
    }
}
