package dev.jellykeep.agent.wild;

import dev.jellykeep.agent.data.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The long form of {@link OwnArchivesTest}, started by `tools/fuzz trees`.
final class TreesMain {
    /// One in so many is saved and restored without the rights of root, in processes of their own.
    private static final int UNPRIVILEGED = 8;

    private TreesMain() {}

    /// @param arguments private folder, seconds, first seed
    public static void main(String[] arguments) throws IOException {
        long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
        long first = Long.parseLong(arguments[2]);
        long failed = 0;
        long seed = first;
        for (; System.nanoTime() < end; seed++) {
            List<String> faults = faults(Path.of(arguments[0]), seed);
            if (!faults.isEmpty()) {
                failed++;
                System.out.println("seed " + seed + ": " + String.join("\n  ", faults));
            }
        }
        System.out.println("trees: " + (seed - first - failed) + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static List<String> faults(Path folder, long seed) throws IOException {
        Path work = Files.createTempDirectory(folder, "tree-");
        try {
            OwnArchive archive =
                    new OwnArchive(work, seed % UNPRIVILEGED == 0 ? OwnArchive.UNPRIVILEGED : OwnArchive.HERE);
            WildTree.grow(archive.root(), archive.scratch(), seed);
            return archive.faults();
        } catch (IOException | RuntimeException | AssertionError e) {
            return List.of(String.valueOf(e));
        } finally {
            Workspace.deleteTree(work);
        }
    }
}
