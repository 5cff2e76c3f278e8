package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/// The long form of {@link MutatedArchivesTest}, started by `tools/fuzz bytes`.
final class BytesMain {
    private static final int EACH = 100;
    private static final Duration HANGS = Duration.ofMinutes(5);

    private BytesMain() {}

    /// @param arguments private folder, seconds, first seed
    public static void main(String[] arguments) throws IOException {
        long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
        long first = Long.parseLong(arguments[2]);
        long accepted = 0;
        long failed = 0;
        long seed = first;
        for (; System.nanoTime() < end; seed++) {
            Path work = Files.createTempDirectory(Path.of(arguments[0]), "bytes-");
            long each = seed;
            try {
                accepted += Assertions.assertTimeoutPreemptively(HANGS, () -> ChangedBytes.round(work, each, EACH));
            } catch (AssertionError e) {
                failed++;
                System.out.println(e + " (" + e.getCause() + ")");
            } finally {
                Workspace.deleteTree(work);
            }
        }
        System.out.println("bytes: " + (seed - first) * EACH + " changed archives, " + accepted + " of them accepted");
        System.out.println((seed - first - failed) + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }
}
