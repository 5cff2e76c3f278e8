package dev.jellykeep.agent.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Archives or extracts in a process of its own, with whatever heap that has: `archive ROOT WORK FILE`, or
/// `extract FILE TARGET`. Prints `done`, or `refused` and why.
final class SmallHeapMain {
    private SmallHeapMain() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "archive" -> {
                try (var out = Files.newOutputStream(Path.of(arguments[3]))) {
                    TreeArchive.write(Path.of(arguments[1]), Path.of(arguments[2]), out);
                }
            }
            case "extract" -> extract(Path.of(arguments[1]), Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("done");
    }

    private static void extract(Path archive, Path target) throws IOException {
        Files.createDirectories(target);
        Path seen = target.resolveSibling(target.getFileName() + ".seen");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            Extraction.extract(in, target, seen, Limits.of(1_000_000, 1L << 40), _ -> {});
        } catch (ArchiveRefused refused) {
            System.out.println("refused " + refused.reason() + ": " + refused.getMessage());
        }
    }
}
