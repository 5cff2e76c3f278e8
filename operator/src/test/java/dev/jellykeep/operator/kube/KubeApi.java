package dev.jellykeep.operator.kube;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// One real Kubernetes API server with an etcd of its own, for all tests of this module; both end with the JVM. The
/// project's CRDs are there.
public final class KubeApi {
    private static final Path INSTALL = Path.of("../tools/kube/install");
    private static final Path CRDS = Path.of("../crds");
    private static final Path RBAC = Path.of("../examples/operator/rbac.yaml");
    private static final Optional<KubernetesClient> SHARED = start();

    private KubeApi() {}

    /// An administrator's client; aborts the test where there can be no API server.
    public static KubernetesClient shared() {
        return SHARED.orElseGet(() -> abort("a Kubernetes API server can't run here, see standard error"));
    }

    /// A client with the rights of the operator's own service account, as examples/operator/rbac.yaml grants them.
    public static KubernetesClient asOperator() {
        KubernetesClient admin = shared();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("jellykeep")
                        .endMetadata()
                        .build())
                .serverSideApply();
        try (var rules = Files.newInputStream(RBAC)) {
            admin.load(rules).serverSideApply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Config config = new ConfigBuilder(admin.getConfiguration())
                .withImpersonateUsername("system:serviceaccount:jellykeep:jellykeep-operator")
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Optional<KubernetesClient> start() {
        return binaries().map(folder -> {
            var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(folder.toString())
                    .withApiServerVersion(version(folder))
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .build());
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "kube-apiserver-stop"));
            var client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
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
    }

    /// What tools/kube/install prints; empty where that is nothing, which it doesn't do in CI.
    private static Optional<Path> binaries() {
        try {
            var process = new ProcessBuilder(INSTALL.toString(), "--if-possible")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .strip();
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
