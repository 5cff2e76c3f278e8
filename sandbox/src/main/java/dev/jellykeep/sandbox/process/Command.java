package dev.jellykeep.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one of this machine's programs to its end.
public final class Command {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private Command() {}

    /// What a program printed.
    ///
    /// @param code its exit code
    /// @param output both streams, stripped
    public record Result(int code, String output) {
        public boolean ok() {
            return code == 0;
        }
    }

    /// Runs a program with nothing to read.
    ///
    /// @throws UncheckedIOException if it can't be started
    /// @throws IllegalStateException if it doesn't end
    public static Result run(List<String> command) {
        return run(command, "");
    }

    /// Runs a program with something to read.
    public static Result run(List<String> command, String input) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " doesn't end: look into it by hand.");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command.getFirst() + " ran.", e);
        }
    }
}
