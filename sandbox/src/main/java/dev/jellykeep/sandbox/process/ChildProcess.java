package dev.jellykeep.sandbox.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running or ended child process whose output (both streams, in order) is kept in memory and in a log file.
///
/// No child outlives this process: closing kills it, and so does the end of this process.
public final class ChildProcess implements AutoCloseable {

    private static final Set<ChildProcess> LIVE = ConcurrentHashMap.newKeySet();
    private static final Duration KILL_BOUND = Duration.ofSeconds(10);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVE.forEach(ChildProcess::kill), "end-children"));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final List<String> lines = new ArrayList<>();
    private boolean drained;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// Starts any program with `environment` on top of this process's own; output goes to `folder/name.log`, appended.
    ///
    /// @throws UncheckedIOException if it cannot be started
    public static ChildProcess start(Path folder, String name, List<String> command, Map<String, String> environment) {
        try {
            Files.createDirectories(folder.resolve("tmp"));
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var child = new ChildProcess(name, builder.start(), folder.resolve(name + ".log"));
            LIVE.add(child);
            Thread.ofVirtual().name("output-of-" + name).start(child::drain);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " (" + command.getFirst() + ").", e);
        }
    }

    /// Kills every child that this process still has, and waits until they are gone.
    public static void closeAll() {
        LIVE.forEach(ChildProcess::close);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Where the output is kept.
    public Path log() {
        return log;
    }

    /// How many lines have been read so far: a starting point for {@link #awaitLine(Pattern, int, Duration)}.
    public synchronized int lineCount() {
        return lines.size();
    }

    /// All output so far.
    public synchronized String output() {
        return String.join("\n", lines);
    }

    /// The last lines of the output.
    public synchronized String tail(int count) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /// Waits for a line in which `pattern` is found, counting from the start of the output.
    ///
    /// @throws IllegalStateException with the end of the output, if it ends without one or `bound` passes
    public MatchResult awaitLine(Pattern pattern, Duration bound) {
        return awaitLine(pattern, 0, bound);
    }

    /// Like {@link #awaitLine(Pattern, Duration)}, but looks only at lines from number `from` (0-based) on.
    public synchronized MatchResult awaitLine(Pattern pattern, int from, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        int next = from;
        while (true) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next));
                if (matcher.find()) {
                    return matcher.toMatchResult();
                }
            }
            long left = deadline - System.nanoTime();
            if (drained || left <= 0) {
                throw new IllegalStateException("%s %s without a line like \"%s\"; its last lines:\n%s"
                        .formatted(name, drained ? "ended" : "ran for " + bound, pattern, tail(20)));
            }
            pause(left);
        }
    }

    /// Asks it to end (SIGTERM). Returns at once.
    public void terminate() {
        // Process.destroy() would also close our end of the output and lose the last lines.
        boolean _ = process.toHandle().destroy();
    }

    /// Ends it and its own children at once (SIGKILL). Returns at once.
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        boolean _ = process.toHandle().destroyForcibly();
    }

    /// Waits for its end and for the last of its output.
    ///
    /// @return its exit code; 128 + the signal's number where a signal ended it
    /// @throws IllegalStateException if it still runs after `bound`
    public int awaitExit(Duration bound) {
        try {
            if (!process.waitFor(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(
                        "%s still runs after %s; its last lines:\n%s".formatted(name, bound, tail(20)));
            }
            awaitDrained();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the end of " + name + ".", e);
        }
    }

    /// SIGTERM, then its end within `bound`.
    ///
    /// @return its exit code
    public int stop(Duration bound) {
        terminate();
        return awaitExit(bound);
    }

    /// Kills it if it still runs, and waits until it is gone.
    @Override
    public void close() {
        kill();
        int _ = awaitExit(KILL_BOUND);
    }

    private void drain() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
                var file = Files.newBufferedWriter(
                        log, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                keep(line);
            }
        } catch (IOException e) {
            keep("(the output ends here: " + e + ")");
        } finally {
            LIVE.remove(this);
            end();
        }
    }

    private synchronized void keep(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        drained = true;
        notifyAll();
    }

    private synchronized void awaitDrained() {
        long deadline = System.nanoTime() + KILL_BOUND.toNanos();
        for (long left = KILL_BOUND.toNanos(); !drained && left > 0; left = deadline - System.nanoTime()) {
            pause(left);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name + ".", e);
        }
    }
}
