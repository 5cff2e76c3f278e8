package dev.jellykeep.sandbox.kubernetes;

import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// A Kubernetes API server on the loopback interface, with RBAC and an etcd of its own; no controllers, no nodes.
public final class ApiServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final Binaries binaries;
    private final Path folder;
    private final Kubeconfig configs;
    private final Path admin;
    private final ChildProcess etcd;
    private final ChildProcess server;

    private ApiServer(
            Binaries binaries, Path folder, Kubeconfig configs, Path admin, ChildProcess etcd, ChildProcess server) {
        this.binaries = binaries;
        this.folder = folder;
        this.configs = configs;
        this.admin = admin;
        this.etcd = etcd;
        this.server = server;
    }

    /// Starts one and waits until it is ready.
    ///
    /// @param folder for its data, keys and logs; made where it isn't there
    /// @throws IllegalStateException with the end of its log, if it isn't ready in time
    public static ApiServer start(Binaries binaries, Path folder) {
        try {
            return begin(binaries, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiServer begin(Binaries binaries, Path folder) throws IOException {
        int data = freePort();
        int peers = freePort();
        int port = freePort();
        var store = "http://127.0.0.1:" + data;
        var peer = "http://127.0.0.1:" + peers;
        var etcd = ChildProcess.start(
                folder,
                "etcd",
                List.of(
                        binaries.etcd().toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + store,
                        "--advertise-client-urls=" + store,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer,
                        "--unsafe-no-fsync"),
                Map.of());
        var token = UUID.randomUUID().toString();
        var tokens = Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
        var key = SigningKey.write(folder.resolve("service-accounts.pem"));
        var certificates = folder.resolve("certificates");
        var server = ChildProcess.start(
                folder,
                "kube-apiserver",
                List.of(
                        binaries.apiServer().toString(),
                        "--etcd-servers=" + store,
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + certificates,
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + key,
                        "--service-account-signing-key-file=" + key,
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--authorization-mode=RBAC",
                        "--disable-admission-plugins=ServiceAccount",
                        "--token-auth-file=" + tokens),
                Map.of());
        awaitCertificate(server, certificates.resolve("apiserver.crt"));
        var configs = new Kubeconfig("https://127.0.0.1:" + port, certificates.resolve("apiserver.crt"));
        var admin = configs.write(folder.resolve("admin.kubeconfig"), "admin", token);
        var ready = new ApiServer(binaries, folder, configs, admin, etcd, server);
        ready.await();
        return ready;
    }

    /// An administrator's `kubectl`.
    public Kubectl kubectl() {
        return new Kubectl(binaries.kubectl(), admin, folder);
    }

    /// An administrator's kubeconfig.
    public Path kubeconfig() {
        return admin;
    }

    /// A kubeconfig with a token of a service account: its rights and no more. It holds for a day.
    public Path kubeconfigOf(String namespace, String serviceAccount) {
        var token = kubectl().run("create", "token", serviceAccount, "--namespace", namespace, "--duration", "24h");
        try {
            return configs.write(folder.resolve(serviceAccount + ".kubeconfig"), serviceAccount, token.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends both processes.
    @Override
    public void close() {
        server.terminate();
        int _ = server.awaitExit(STOP);
        etcd.terminate();
        int _ = etcd.awaitExit(STOP);
    }

    private void await() {
        var kubectl = kubectl();
        // The default namespace is there last: what is applied before it is refused.
        awaitUntil(
                "isn't ready",
                () -> kubectl.succeeds("get", "--raw", "/readyz") && kubectl.succeeds("get", "namespace", "default"));
    }

    private static void awaitCertificate(ChildProcess server, Path certificate) {
        awaitUntil(server, "has made no certificate", () -> Files.exists(certificate));
    }

    private void awaitUntil(String otherwise, java.util.function.BooleanSupplier holds) {
        awaitUntil(server, otherwise, holds);
    }

    private static void awaitUntil(ChildProcess server, String otherwise, java.util.function.BooleanSupplier holds) {
        long end = System.nanoTime() + START.toNanos();
        while (!holds.getAsBoolean()) {
            if (!server.alive() || System.nanoTime() > end) {
                throw new IllegalStateException("The Kubernetes API server " + otherwise + " after " + START.toSeconds()
                        + " s; its last lines:\n" + server.tail(20));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    // Below those that the kernel gives to connections: none of them takes it before the server does.
    private static int freePort() throws IOException {
        IOException taken = null;
        for (var attempt = 0; attempt < 50; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                taken = e;
            }
        }
        throw new IOException("50 ports from " + FIRST_PORT + " to " + LAST_PORT + " are all taken", taken);
    }
}
