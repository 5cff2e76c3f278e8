package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The empty `.jellyfin-*` files by which the server recognises its folders. A folder that holds another folder's
/// marker was filled from the wrong place, and the server refuses to start on it.
final class Markers {

    private Markers() {}

    /// Checks every folder, creating folders and markers that are missing.
    ///
    /// @throws StandInRefusal naming the first marker that is in the wrong folder
    static void checkAll(JellyfinFolders folders) throws IOException {
        check(folders.configDir(), "config", false);
        check(folders.logDir(), "log", false);
        check(folders.dataDir().resolve("plugins"), "plugin", false);
        check(folders.dataDir(), "data", false);
        check(folders.cacheDir(), "cache", true);
        check(folders.databaseFolder(), "data", false);
        check(folders.dataDir().resolve("root"), "root", false);
    }

    private static void check(Path folder, String role, boolean recursive) throws IOException {
        Files.createDirectories(folder);
        String own = ".jellyfin-" + role;
        for (Path marker : markersIn(folder, recursive)) {
            if (!marker.getFileName().toString().equals(own)) {
                throw new StandInRefusal("The folder " + folder + " should be marked " + own + " but holds " + marker
                        + ": files of another folder were put here.");
            }
        }
        Path marker = folder.resolve(own);
        if (!Files.exists(marker)) {
            Files.createFile(marker);
        }
    }

    private static List<Path> markersIn(Path folder, boolean recursive) throws IOException {
        try (Stream<Path> files = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".jellyfin-"))
                    .sorted()
                    .toList();
        }
    }
}
