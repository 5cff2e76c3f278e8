package dev.jellykeep.sandbox.recipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What a script of the repository answered that installs a server once and prints the folder where it is.
public sealed interface Recipe {
    /// It is there.
    record Ready(Path folder) implements Recipe {}

    /// It can't be had here, for a reason in one sentence.
    record Missing(String why) implements Recipe {}

    /// Runs one. What it says while it works goes to `progress`, line by line.
    ///
    /// @param what it installs, as the subject of a sentence
    /// @param script relative to the repository's root
    /// @param patience until it is ended
    static Recipe run(String what, String script, Duration patience, Consumer<String> progress) {
        var root = Repository.root();
        if (root.isEmpty()) {
            return new Missing(what + " can't be installed: its recipe " + script + " is not here; run this inside"
                    + " Jellykeep's repository, or set the system property jellykeep.root to it.");
        }
        var path = root.get().resolve(script);
        try {
            return run(what, path, patience, progress);
        } catch (IOException e) {
            return new Missing(what + " can't be installed: " + path + " can't be run (" + e.getMessage() + ").");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Missing(what + " can't be installed: that was interrupted; run it again.");
        }
    }

    private static Recipe run(String what, Path script, Duration patience, Consumer<String> progress)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", script.toString()).start();
        process.getOutputStream().close();
        var said = new ArrayList<String>();
        var listening = Thread.ofVirtual().start(() -> listen(process, said, progress));
        var printed = new ArrayList<String>();
        var reading = Thread.ofVirtual().start(() -> read(process, printed));
        if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Missing(what + " can't be installed: " + script + " took more than " + patience.toSeconds()
                    + " s; run it by hand to see why.");
        }
        listening.join();
        reading.join();
        return process.exitValue() == 0 && !printed.isEmpty()
                ? new Ready(Path.of(printed.getLast()))
                : new Missing(String.join("\n", said));
    }

    private static void listen(Process process, List<String> said, Consumer<String> progress) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> {
                said.add(line);
                progress.accept(line);
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            said.add("(its messages end here: " + e.getMessage() + ")");
        }
    }

    private static void read(Process process, List<String> printed) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(printed::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            printed.clear();
        }
    }
}
