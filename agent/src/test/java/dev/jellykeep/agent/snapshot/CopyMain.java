package dev.jellykeep.agent.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Copies a database in a process of its own: `LIVE COPY`.
final class CopyMain {
    private CopyMain() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(DatabaseCopy.copy(Path.of(arguments[0]), Path.of(arguments[1]), Duration.ofSeconds(5)));
    }
}
