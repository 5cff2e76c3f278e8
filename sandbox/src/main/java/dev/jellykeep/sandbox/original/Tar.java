package dev.jellykeep.sandbox.original;

import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs the system's `tar` as the scripts did.
final class Tar {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private Tar() {}

    /// The bytes of `tar -czf … -C folder .`.
    ///
    /// @param work where the archive is made and removed again
    static byte[] of(Path folder, Path work) throws IOException {
        Path archive = Files.createTempFile(Files.createDirectories(work), "backup-", ".tar.gz");
        List<String> command = List.of("tar", "-czf", archive.toString(), "-C", folder.toString(), ".");
        try (ChildProcess tar = ChildProcess.start(work, "tar", command, Map.of())) {
            int code = tar.awaitExit(BOUND);
            if (code != 0) {
                throw new IOException("tar ended with " + code + " on " + folder + ": " + tar.tail(3));
            }
            return Files.readAllBytes(archive);
        } finally {
            Files.deleteIfExists(archive);
        }
    }
}
