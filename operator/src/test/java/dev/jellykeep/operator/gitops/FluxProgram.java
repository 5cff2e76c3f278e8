package dev.jellykeep.operator.gitops;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.recipe.Recipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One of Flux' controllers as a process, with an administrator's rights on {@link KubeApi}. Its log is in its folder.
final class FluxProgram implements AutoCloseable {
    private static final Duration TO_BUILD = Duration.ofMinutes(30);
    private static final Duration TO_START = Duration.ofSeconds(60);

    private final Process process;

    private FluxProgram(Process process) {
        this.process = process;
    }

    /// @param more flags
    static FluxProgram start(String name, Path folder, List<String> more) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path kubeconfig = Files.writeString(own.resolve("kubeconfig"), KubeApi.kubeconfig());
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                program(name).toString(),
                "--health-addr=127.0.0.1:" + port,
                "--metrics-addr=0",
                "--log-level=debug",
                "--interval-jitter-percentage=0",
                "--requeue-dependency=1s"));
        command.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("RUNTIME_NAMESPACE", "flux-system");
        builder.environment().put("TMPDIR", own.toString());
        FluxProgram program = new FluxProgram(builder.start());
        program.awaitReady(port, own.resolve("log"));
        return program;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path program(String name) {
        return switch (Recipe.run(name, "tools/" + name + "/install", TO_BUILD, System.err::println)) {
            case Recipe.Ready(var folder) -> folder.resolve(name);
            case Recipe.Missing(var why) -> abort(why);
        };
    }

    private void awaitReady(int port, Path log) throws IOException {
        Instant end = Instant.now().plus(TO_START);
        URI uri = URI.create("http://127.0.0.1:" + port + "/readyz");
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, uri)) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    close();
                    throw new IllegalStateException(
                            "not ready within " + TO_START + ", or ended: " + Files.readString(log));
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static boolean answers(HttpClient client, URI uri) {
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
