package dev.jellykeep.sandbox.kubernetes;

import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// `kubectl` with one user's rights.
public final class Kubectl {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path program;
    private final Path kubeconfig;
    private final Path logs;

    Kubectl(Path program, Path kubeconfig, Path logs) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.logs = logs;
    }

    /// Where it is.
    public Path program() {
        return program;
    }

    /// Runs a command to its end.
    ///
    /// @return what it printed
    /// @throws IllegalStateException with what it said, if it fails
    public String run(String... words) {
        var process = start(words);
        int code = process.awaitExit(BOUND);
        if (code != 0) {
            throw new IllegalStateException(
                    "kubectl " + String.join(" ", words) + " ended with exit code " + code + ":\n" + process.output());
        }
        return process.output();
    }

    /// Whether a command succeeds.
    public boolean succeeds(String... words) {
        return start(words).awaitExit(BOUND) == 0;
    }

    /// Applies YAML, as the file that somebody has written.
    ///
    /// @param more words of the command, such as `--namespace X`
    /// @throws IllegalStateException with what the API server says, if it refuses it
    public String apply(String yaml, String... more) {
        try {
            Path file = Files.createTempFile(Files.createDirectories(logs.resolve("tmp")), "apply-", ".yaml");
            Files.writeString(file, yaml);
            List<String> words = new ArrayList<>(List.of("apply", "--server-side", "--filename", file.toString()));
            words.addAll(Arrays.asList(more));
            return run(words.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess start(String... words) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--cache-dir", logs.resolve("kube-cache") + ""));
        command.addAll(Arrays.asList(words));
        return ChildProcess.start(logs, "kubectl", command, Map.of());
    }
}
