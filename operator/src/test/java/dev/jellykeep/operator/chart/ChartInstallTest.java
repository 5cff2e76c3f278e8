package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.kubernetes.ApiServer;
import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.sandbox.kubernetes.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The life of a release on a real Kubernetes API server; no kubelet, so its pods don't run. One server for all, in
/// order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartInstallTest {
    private static final Path STRANGERS = Path.of("src/test/resources/chart/monitoring-crds.yaml");
    private static final String NAMESPACE = "jellykeep";
    private static final String SCOPE = "scope.create=true,scope.resourceGroup=/subscriptions/s/resourceGroups/media,"
            + "scope.storageAccount=https://stfamily.blob.core.windows.net,scope.namespaces={media}";
    private static final String POLICY = """
            apiVersion: jellykeep.dev/v1alpha1
            kind: JellyfinBackupPolicy
            metadata: {name: family, namespace: media}
            spec:
              containerApp: {resourceId: /subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin}
              storage: {accountUrl: https://stfamily.blob.core.windows.net, container: jellyfin-backups}
            """;

    private static ApiServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "chart-");
        server = ApiServer.start(binaries(), folder);
        kubectl = server.kubectl();
        kubectl.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {pod-security.kubernetes.io/enforce: restricted}}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: media}
                """.formatted(NAMESPACE));
    }

    private static Binaries binaries() {
        return switch (Binaries.find(System.err::println)) {
            case Binaries.Ready(var found) -> found;
            case Binaries.Missing(var why) -> {
                if ("true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException(why);
                }
                System.err.println(why);
                yield abort(why);
            }
        };
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String helm(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--kubeconfig", server.kubeconfig().toString(), "--namespace", NAMESPACE));
        Tool.Ended ended = Chart.helm(command);
        assertThat(ended.code()).as("helm %s: %s", command, ended.all()).isZero();
        return ended.out();
    }

    private static String uid(String... what) {
        List<String> command = new ArrayList<>(List.of("get", "--output", "jsonpath={.metadata.uid}"));
        command.addAll(List.of(what));
        return kubectl.run(command.toArray(String[]::new));
    }

    private static ObjectNode get(String... what) {
        List<String> command = new ArrayList<>(List.of("get", "--output", "json"));
        command.addAll(List.of(what));
        try {
            return (ObjectNode) new ObjectMapper().readTree(kubectl.run(command.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that Helm sent, as the API server has it.
    private static List<String> installed() {
        List<String> kinds = new ArrayList<>();
        for (ObjectNode each : Chart.documents(helm("get", "manifest", "jellykeep"))) {
            String kind = each.path("kind").asText();
            assertThat(uid(kind, each.at("/metadata/name").asText(), "--namespace", NAMESPACE))
                    .as(kind)
                    .isNotEmpty();
            kinds.add(kind);
        }
        return kinds;
    }

    @Test
    @Order(1)
    void theFirstScopeComesAndGoesWithTheReleaseThatBringsItsKind() {
        helm("install", "jellykeep", Chart.FOLDER.toString(), "--set", Chart.CLIENT + "," + SCOPE);
        assertThat(get("jbscope", "jellykeep").at("/spec/namespaces")).hasToString("[\"media\"]");
        helm("uninstall", "jellykeep");
        assertThat(kubectl.succeeds("get", "jbscope", "jellykeep"))
                .as("nothing stays allowed")
                .isFalse();
    }

    @Test
    @Order(2)
    void theApiServerTakesEveryManifest() {
        // Prometheus' kinds are not there yet
        String said = helm("install", "jellykeep", Chart.FOLDER.toString(), "--set", Chart.CLIENT);
        assertThat(said)
                .as("what to do next")
                .contains("No scope was made", "--set scope.create=true", "kind: JellyfinBackupPolicy");
        assertThat(installed())
                .containsExactlyInAnyOrder(
                        "CustomResourceDefinition",
                        "CustomResourceDefinition",
                        "ServiceAccount",
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "Role",
                        "RoleBinding",
                        "Deployment",
                        "PodDisruptionBudget",
                        "NetworkPolicy",
                        "Service");
    }

    @Test
    @Order(3)
    void aRestrictedNamespaceTakesThePod() {
        ObjectNode template = (ObjectNode) get("deployment", "jellykeep-operator", "--namespace", NAMESPACE)
                .at("/spec/template");
        ObjectNode pod = template.deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ((ObjectNode) pod.path("metadata")).put("name", "operator").put("namespace", NAMESPACE);
        assertThat(kubectl.apply(pod.toString(), "--dry-run=server")).contains("pod/operator serverside-applied");

        ((ObjectNode) pod.at("/spec/containers/0/securityContext")).put("allowPrivilegeEscalation", true);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> kubectl.apply(pod.toString(), "--dry-run=server")))
                .as("so that it is the namespace which judges")
                .hasMessageContaining("violates PodSecurity \"restricted");
    }

    @Test
    @Order(4)
    void anUpgradeAddsAScopeAndWhatPrometheusWants() {
        kubectl.run("apply", "--server-side", "--filename", STRANGERS.toString());
        kubectl.run(
                "wait",
                "--for=condition=Established",
                "--timeout=30s",
                "crd/servicemonitors.monitoring.coreos.com",
                "crd/prometheusrules.monitoring.coreos.com");
        kubectl.apply(POLICY);
        String said = helm(
                "upgrade", "jellykeep", Chart.FOLDER.toString(), "--set", Chart.CLIENT + ",maxRollouts=7," + SCOPE);
        assertThat(said).contains("allows policies in namespace media", "namespace: media");
        assertThat(installed()).contains("ServiceMonitor", "PrometheusRule", "ConfigMap", "ContainerAppScope");
        assertThat(get("deployment", "jellykeep-operator", "--namespace", NAMESPACE)
                        .at("/spec/template/spec/containers/0/env")
                        .toString())
                .contains("{\"name\":\"JELLYKEEP_MAX_ROLLOUTS\",\"value\":\"7\"}");
        assertThat(uid("jbp", "family", "--namespace", "media")).isNotEmpty();
    }

    @Test
    @Order(5)
    void aScopeIsNeverAwayWhileItChanges() {
        String before = uid("jbscope", "jellykeep");
        helm(
                "upgrade",
                "jellykeep",
                Chart.FOLDER.toString(),
                "--set",
                Chart.CLIENT + "," + SCOPE + ",scope.identities={system,/subscriptions/s}");
        assertThat(uid("jbscope", "jellykeep")).isEqualTo(before);
        assertThat(get("jbscope", "jellykeep").at("/spec/identities")).hasSize(2);
    }

    @Test
    @Order(6)
    void theServiceAccountMayDoItsWorkAndNoMore() {
        String user = "system:serviceaccount:jellykeep:jellykeep-operator";
        assertThat(kubectl.succeeds("auth", "can-i", "patch", "jbp", "--as", user, "--namespace", "media"))
                .isTrue();
        assertThat(kubectl.succeeds(
                        "auth", "can-i", "patch", "lease/jellykeep-operator", "--as", user, "-n", NAMESPACE))
                .isTrue();
        assertThat(kubectl.succeeds("auth", "can-i", "get", "secrets", "--as", user, "--namespace", NAMESPACE))
                .isFalse();
        assertThat(kubectl.succeeds("auth", "can-i", "create", "jbscope", "--as", user))
                .as("it must not allow itself anything")
                .isFalse();
    }

    @Test
    @Order(7)
    void policiesOutliveTheRelease() {
        String policy = uid("jbp", "family", "--namespace", "media");
        String said = helm("uninstall", "jellykeep");
        assertThat(said).contains("kept due to the resource policy", "jellyfinbackuppolicies.jellykeep.dev");
        assertThat(kubectl.succeeds("get", "deployment", "jellykeep-operator", "--namespace", NAMESPACE))
                .isFalse();
        assertThat(kubectl.succeeds("get", "clusterrole", "jellykeep-operator")).isFalse();
        assertThat(kubectl.succeeds("get", "jbscope", "jellykeep"))
                .as("nothing stays allowed")
                .isFalse();
        assertThat(uid("jbp", "family", "--namespace", "media")).isEqualTo(policy);

        helm("install", "jellykeep", Chart.FOLDER.toString(), "--set", Chart.CLIENT);
        assertThat(uid("jbp", "family", "--namespace", "media")).isEqualTo(policy);
        assertThat(installed()).contains("PrometheusRule");
    }

    @Test
    @Order(8)
    void crdsThatSomebodyAppliedAreTakenOver() {
        helm("uninstall", "jellykeep");
        kubectl.run("delete", "crd", "jellyfinbackuppolicies.jellykeep.dev", "containerappscopes.jellykeep.dev");
        kubectl.run(
                "apply",
                "--server-side",
                "--filename",
                Path.of("../crds").toAbsolutePath().toString());
        helm(
                "install",
                "jellykeep",
                Chart.FOLDER.toString(),
                "--set",
                Chart.CLIENT,
                "--take-ownership",
                "--force-conflicts");
        assertThat(installed()).contains("CustomResourceDefinition");
    }
}
