package dev.jellykeep.operator.kube;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One real Kubernetes API server with an etcd of its own, for all tests of this module; both end with the JVM. The
/// project's CRDs are there.
public final class KubeApi {
    private static final Path INSTALL = Path.of("../tools/kube/install");
    private static final Duration GRANTED_WITHIN = Duration.ofSeconds(5);
    private static final String API = "jellykeep.dev/v1alpha1";
    private static final Set<String> KINDS = Set.of("JellyfinBackupPolicy", "ContainerAppScope");
    private static final Duration SERVED = Duration.ofSeconds(30);
    private static final Path CRDS = Path.of("../crds");
    private static final AuditLog AUDIT = auditLog();
    private static @Nullable String kubeconfig;
    private static final Optional<KubernetesClient> SHARED = start();

    private KubeApi() {}

    /// An administrator's client; aborts the test where there can be no API server.
    public static KubernetesClient shared() {
        return SHARED.orElseGet(() -> abort("a Kubernetes API server can't run here, see standard error"));
    }

    /// An administrator's kubeconfig, for programs.
    public static String kubeconfig() {
        var _ = shared();
        return String.valueOf(kubeconfig);
    }

    /// The same, written into a folder.
    public static Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), kubeconfig());
    }

    /// The program that belongs to this server; there is one where `shared` gave a client.
    public static Path kubectl() throws IOException {
        Path folder = binaries().orElseThrow().resolve("k8s");
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.findFirst().orElseThrow().resolve("kubectl");
        }
    }

    /// What all of them asked of it.
    public static AuditLog audit() {
        return AUDIT;
    }

    private static AuditLog auditLog() {
        try {
            return AuditLog.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client with the rights of the operator's own service account, as the chart grants them.
    public static KubernetesClient asOperator() {
        return asOperator(_ -> {});
    }

    /// @param more what the client shall do besides
    public static KubernetesClient asOperator(Consumer<HttpClient.Builder> more) {
        return as(OperatorRights.all(), more);
    }

    /// A client with some of the operator's rights, as a service account of their own.
    public static KubernetesClient as(OperatorRights rights, Consumer<HttpClient.Builder> more) {
        KubernetesClient admin = shared();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("jellykeep")
                        .endMetadata()
                        .build())
                .serverSideApply();
        rights.objects()
                .map(each -> new ByteArrayInputStream(each.getBytes(StandardCharsets.UTF_8)))
                .forEach(each -> admin.load(each).serverSideApply());
        rights.rights().forEach(right -> awaitGranted(admin, rights.user(), right));
        Config config = new ConfigBuilder(admin.getConfiguration())
                .withImpersonateUsername(rights.user())
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(more)
                .build();
    }

    /// The API server learns of roles by watching them itself.
    private static void awaitGranted(KubernetesClient admin, String user, OperatorRights.Right right) {
        var question = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withGroup(right.group())
                .withResource(right.resource().split("/", 2)[0])
                .withSubresource(
                        right.resource().contains("/") ? right.resource().split("/", 2)[1] : "")
                .withVerb(right.verb())
                .withNamespace(right.namespace())
                .withName(right.name())
                .endResourceAttributes()
                .endSpec()
                .build();
        Instant end = Instant.now().plus(GRANTED_WITHIN);
        while (!admin.authorization()
                .v1()
                .subjectAccessReview()
                .create(question)
                .getStatus()
                .getAllowed()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(user + " may not " + right + ", although it was granted");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static Optional<KubernetesClient> start() {
        return binaries().map(folder -> {
            var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(folder.toString())
                    .withApiServerVersion(version(folder))
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withApiServerFlag("--audit-policy-file", AUDIT.policy().toString())
                    .withApiServerFlag("--audit-log-path", AUDIT.file().toString())
                    .build());
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "kube-apiserver-stop"));
            kubeconfig = server.getKubeConfigYaml();
            var client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(kubeconfig))
                    .build();
            install(client);
            return client;
        });
    }

    private static void install(KubernetesClient client) {
        try (Stream<Path> files = Files.list(CRDS)) {
            for (Path each : files.toList()) {
                try (var crd = Files.newInputStream(each)) {
                    client.load(crd).serverSideApply();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitServed(client);
    }

    /// A client asked for a kind that isn't served yet doesn't know it for good.
    private static void awaitServed(KubernetesClient client) {
        Instant end = Instant.now().plus(SERVED);
        while (client.getApiResources(API) == null
                || client.getApiResources(API).getResources().stream()
                                .filter(each -> KINDS.contains(each.getKind()))
                                .map(each -> each.getKind())
                                .distinct()
                                .count()
                        < KINDS.size()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("The API server doesn't serve " + KINDS + " within " + SERVED + ".");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /// What tools/kube/install prints; empty where that is nothing, which it doesn't do in CI.
    private static Optional<Path> binaries() {
        try {
            var process = new ProcessBuilder(INSTALL.toString(), "--if-possible")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(INSTALL + " failed: see standard error");
            }
            return printed.isEmpty() ? Optional.empty() : Optional.of(Path.of(printed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String version(Path folder) {
        try (Stream<Path> versions = Files.list(folder.resolve("k8s"))) {
            var name = versions.findFirst().orElseThrow().getFileName().toString();
            return name.substring(0, name.indexOf('-'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
