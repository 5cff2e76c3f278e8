package dev.jellykeep.sandbox.azurite;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// The Node process: its output is read to the end, so that it never blocks on a full pipe, and says the port.
final class AzuriteProcess {
    private static final Pattern LISTENS = Pattern.compile("successfully listens on https?://[^:]+:(\\d+)");
    private static final int KEPT_LINES = 100;
    private static final long GRACE_SECONDS = 5;

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private AzuriteProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().name("azurite-output").start(this::readOutput);
    }

    /// Its standard input stays open: when this JVM is gone it ends, and Azurite with it.
    static AzuriteProcess start(List<String> command) throws IOException {
        return new AzuriteProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    int awaitPort(Duration bound) throws IOException {
        try {
            return port.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            stop();
            var how = e instanceof TimeoutException ? "did not listen within " + bound.toSeconds() + " s" : "ended";
            throw new IOException("Azurite " + how + "; it said: " + String.join("\n", output), e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Azurite started", e);
        }
    }

    void stop() {
        var children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                children.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (output.size() < KEPT_LINES) {
                    output.add(line);
                }
                var listens = LISTENS.matcher(line);
                if (listens.find()) {
                    port.complete(Integer.parseInt(listens.group(1)));
                }
            }
            port.completeExceptionally(new IOException("its output ended"));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }
}
