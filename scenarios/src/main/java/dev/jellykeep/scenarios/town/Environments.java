package dev.jellykeep.scenarios.town;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Environments of the processes that replicas are on this machine.
final class Environments {
    private static final String REPLICA = "CONTAINER_APP_REPLICA_NAME=";

    private Environments() {}

    /// Those of all processes of these replicas, each as `NAME=value` lines.
    static List<String> of(Set<String> replicas) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("environ"))
                    .map(Environments::read)
                    .flatMap(Optional::stream)
                    .filter(text -> replicas.stream().anyMatch(replica -> text.contains(REPLICA + replica)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Empty for what is no process, or one that has ended.
    private static Optional<String> read(Path environ) {
        try {
            return Optional.of(new String(Files.readAllBytes(environ), StandardCharsets.UTF_8).replace('\0', '\n'));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
