package dev.jellykeep.sandbox.replicas.container;

import dev.jellykeep.sandbox.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A container that runs without namespaces, as the calling user: its processes are those that bear its mark.
final class PlainContainer implements ContainerProcess {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Process process;
    private final ProcessHandle first;
    private final Marked marked;
    private final Thread reader;

    private PlainContainer(Process process, Marked marked, Consumer<String> console) {
        this.process = process;
        // Ends a process without closing this end of its output, as the process itself would.
        this.first = process.toHandle();
        this.marked = marked;
        this.reader = Console.read(process, console);
    }

    /// For {@link Containers#PLAIN}.
    static ContainerProcess start(Launcher launcher, ContainerPlan plan, Consumer<String> console) {
        var marked = Marked.next();
        var line = new ArrayList<>(plan.enter());
        // A session of its own: Ctrl-C at a prompt is for the sandbox alone.
        line.addAll(List.of("setsid", "/bin/sh", script(plan, marked).toString()));
        return new PlainContainer(launcher.start(line), marked, console);
    }

    @Override
    public int awaitExit() {
        try {
            var code = process.waitFor();
            endOthers();
            reader.join();
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a container ran.", e);
        }
    }

    @Override
    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public void terminate() {
        boolean _ = first.destroy();
        boolean _ = signalOthers(ProcessHandle::destroy);
    }

    /// The others are ended by {@link #awaitExit}.
    @Override
    public void kill() {
        boolean _ = first.destroyForcibly();
    }

    // One that is just being started by another may be missed, and is found the next time.
    private void endOthers() {
        while (signalOthers(ProcessHandle::destroyForcibly)) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean signalOthers(Consumer<ProcessHandle> how) {
        var others = marked.processes().stream()
                .filter(other -> !other.equals(first))
                .toList();
        others.forEach(how);
        return !others.isEmpty();
    }

    private static Path script(ContainerPlan plan, Marked marked) {
        var script = plan.layers().resolve("start.sh");
        try {
            Files.writeString(script, PlainScript.of(plan, marked));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException("The start of " + plan.name() + " can't be written.", e);
        }
    }
}
