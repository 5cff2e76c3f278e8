package dev.jellykeep.operator.bench;

import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.process.ChildProcess;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// `./jellykeep-operator run` as a process of its own, with the rights of examples/operator/rbac.yaml, and what Linux
/// says of it.
final class MeasuredOperator implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(40);
    /// USER_HZ, which no Linux that runs Java has otherwise.
    private static final double TICKS_PER_SECOND = 100;

    private final ChildProcess process;

    private MeasuredOperator(ChildProcess process) {
        this.process = process;
    }

    /// Starts it; returns once it is ready.
    ///
    /// @param work for its log and its kubeconfig
    static MeasuredOperator start(Path work, String name, Map<String, String> azure) {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(azure);
        environment.put("KUBECONFIG", kubeconfig(work).toString());
        environment.put("JELLYKEEP_AGENT_IMAGE", "registry.example/jellykeep/agent:0.1.0");
        environment.put("JELLYKEEP_MANAGEMENT_PORT", Integer.toString(port));
        var operator = new MeasuredOperator(ChildProcess.start(
                work,
                name,
                List.of(Path.of("../jellykeep-operator").toAbsolutePath().toString(), "run"),
                environment));
        try {
            operator.awaitReady(URI.create("http://127.0.0.1:" + port + "/readyz"));
        } catch (RuntimeException e) {
            operator.close();
            throw e;
        }
        return operator;
    }

    /// What it took so far.
    ///
    /// @param cpuSeconds user and system
    /// @param peakKib resident, at the highest
    /// @param residentKib resident, now
    /// @param files open, sockets among them
    record Usage(Instant at, double cpuSeconds, long peakKib, long residentKib, long threads, long files) {
        /// Cores in use since then.
        double cores(Usage since) {
            return (cpuSeconds - since.cpuSeconds)
                    / (Duration.between(since.at, at).toNanos() / 1e9);
        }
    }

    Usage usage() {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
            String stat = Files.readString(proc.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            List<String> status = Files.readAllLines(proc.resolve("status"));
            return new Usage(
                    Instant.now(),
                    (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND,
                    number(status, "VmHWM:"),
                    number(status, "VmRSS:"),
                    number(status, "Threads:"),
                    open.count());
        } catch (IOException e) {
            throw new UncheckedIOException("The operator has ended; its last lines:\n" + process.tail(5), e);
        }
    }

    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /// SIGTERM, and how long its end took.
    Duration stop() {
        Instant told = Instant.now();
        int _ = process.stop(END);
        return Duration.between(told, Instant.now());
    }

    /// Lines that tell of something odd.
    long warnings() {
        return process.output()
                .lines()
                .filter(line -> line.contains("\"WARN\"") || line.contains("\"ERROR\""))
                .count();
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitReady(URI ready) {
        Instant end = Instant.now().plus(START);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, ready)) {
                if (!process.alive() || Instant.now().isAfter(end)) {
                    throw new IllegalStateException("The operator "
                            + (process.alive() ? "was not ready within " + START : "ended") + "; its last lines:\n"
                            + process.tail(5));
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private static boolean isReady(HttpClient client, URI ready) {
        try {
            return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path kubeconfig(Path work) {
        try (KubernetesClient own = KubeApi.asOperator()) {
            Config config = own.getConfiguration();
            String token = KubeApi.shared()
                    .serviceAccounts()
                    .inNamespace("jellykeep")
                    .withName("jellykeep-operator")
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withExpirationSeconds(4 * 3600L)
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
            return Files.writeString(
                    work.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: bench, cluster: {server: '%s', certificate-authority: %s}}]
                    users: [{name: operator, user: {token: %s}}]
                    contexts: [{name: bench, context: {cluster: bench, user: operator}}]
                    current-context: bench
                    """.formatted(config.getMasterUrl(), config.getCaCertFile(), token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
