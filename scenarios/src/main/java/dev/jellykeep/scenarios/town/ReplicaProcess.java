package dev.jellykeep.scenarios.town;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A process of a replica, as this machine knows it.
///
/// @param user its effective UID
/// @param program what runs, by its path
/// @param environment `NAME=value` lines
public record ReplicaProcess(int user, String program, String environment) {
    private static final String REPLICA = "CONTAINER_APP_REPLICA_NAME=";

    /// proc(5): real, effective, saved, file system.
    private static final Pattern EFFECTIVE_USER = Pattern.compile("^Uid:\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    /// All processes of these replicas.
    ///
    /// @param mark that their environments hold too: replicas of another town have the same names
    static List<ReplicaProcess> of(Set<String> replicas, String mark) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(ReplicaProcess::read)
                    .flatMap(Optional::stream)
                    .filter(process -> process.environment.contains(mark))
                    .filter(process -> replicas.stream().anyMatch(each -> process.environment.contains(REPLICA + each)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Empty for what is no process, or one that has ended.
    private static Optional<ReplicaProcess> read(Path folder) {
        try {
            var environment = lines(folder.resolve("environ"));
            var program = lines(folder.resolve("cmdline")).lines().findFirst().orElse("");
            var user = EFFECTIVE_USER.matcher(lines(folder.resolve("status")));
            return user.find()
                    ? Optional.of(new ReplicaProcess(Integer.parseInt(user.group(1)), program, environment))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', '\n');
    }
}
