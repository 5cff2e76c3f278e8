package dev.jellykeep.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts processes that the kernel kills when this process ends, however that goes.
///
/// The kernel looks at the end of the *thread* that started them: so one thread starts them all, and
/// lives on.
public final class Launcher implements AutoCloseable {
    private static final List<String> DIE_WITH_PARENT = List.of("setpriv", "--pdeathsig", "KILL", "--");

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("launcher").factory());

    /// Starts a command in an empty environment but for `PATH`.
    ///
    /// @throws UncheckedIOException if it can't be started
    public Process start(List<String> command) {
        var line = new ArrayList<>(DIE_WITH_PARENT);
        line.addAll(command);
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return on(builder::start, command.getFirst());
    }

    /// Kills what is left of them.
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Process on(Callable<Process> start, String what) {
        try {
            return thread.submit(start).get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException("Cannot start " + what + ".", new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting " + what + ".", e);
        }
    }
}
