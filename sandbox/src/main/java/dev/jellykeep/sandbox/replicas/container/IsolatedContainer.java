package dev.jellykeep.sandbox.replicas.container;

import dev.jellykeep.sandbox.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A container that runs: all processes in one process namespace, which end with the first of them.
final class IsolatedContainer implements ContainerProcess {
    private static final List<String> NAMESPACES = List.of(
            "unshare",
            "--mount",
            "--uts",
            "--ipc",
            "--pid",
            "--fork",
            "--kill-child",
            "--propagation",
            "private",
            "--");

    private static final int SIGKILL = 9;

    private final Process process;
    private final Path entered;
    private final Thread reader;

    private IsolatedContainer(Process process, Path entered, Consumer<String> console) {
        this.process = process;
        this.entered = entered;
        this.reader = Console.read(process, console);
    }

    /// For {@link Containers#ISOLATED}.
    static ContainerProcess start(Launcher launcher, ContainerPlan plan, Consumer<String> console) {
        var script = plan.layers().resolve("start.sh");
        try {
            Files.writeString(script, RootScript.of(plan));
        } catch (IOException e) {
            throw new UncheckedIOException("The start of " + plan.name() + " can't be written.", e);
        }
        var line = new ArrayList<>(plan.enter());
        line.addAll(NAMESPACES);
        line.addAll(List.of("/bin/sh", script.toString()));
        return new IsolatedContainer(launcher.start(line), plan.layers().resolve(RootScript.ENTERED), console);
    }

    @Override
    public int awaitExit() {
        try {
            var code = process.waitFor();
            reader.join();
            return killed() ? 128 + SIGKILL : code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a container ran.", e);
        }
    }

    @Override
    public boolean alive() {
        return process.isAlive();
    }

    /// Whether its program was reached; false where its root couldn't be made.
    private boolean entered() {
        return Files.exists(entered);
    }

    /// One whose program wasn't reached yet ends at once: it could not hear the signal.
    @Override
    public void terminate() {
        if (entered()) {
            signal(ProcessHandle::destroy);
        } else {
            kill();
        }
    }

    /// SIGKILL to the first of its processes, with which the kernel ends all others: one that were killed before it
    /// might make it end by itself, with a code of its own.
    @Override
    public void kill() {
        first().ifPresentOrElse(ProcessHandle::destroyForcibly, process::destroyForcibly);
    }

    // Some versions of unshare can't pass this one signal on: they complain, and end with 1.
    private boolean killed() {
        try (var errors = process.errorReader(StandardCharsets.UTF_8)) {
            return entered() && errors.lines().anyMatch(line -> line.startsWith("unshare: "));
        } catch (IOException | UncheckedIOException _) {
            return false;
        }
    }

    private void signal(Consumer<ProcessHandle> how) {
        first().map(PidNamespace::of).ifPresent(space -> space.members().forEach(how));
    }

    private Optional<ProcessHandle> first() {
        return process.children().findFirst();
    }
}
