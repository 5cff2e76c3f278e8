package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.operator.kube.PolicyReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole operator, with the rights that are handed out for it.
class OperatorProcessTest {
    private final KubernetesClient own = KubeApi.asOperator();
    private LiveCluster cluster;
    private OperatorProcess operator;

    @BeforeEach
    void begin() throws IOException {
        cluster = new LiveCluster();
        operator = start(null);
    }

    private OperatorProcess start(@Nullable String leaseNamespace) throws IOException {
        return cluster.start(own, leaseNamespace);
    }

    @AfterEach
    void end() {
        operator.close();
        cluster.close();
        own.close();
    }

    @Test
    void theSmallestPolicyAndOneScopeAreEnough() throws Exception {
        cluster.applyPolicy("");
        cluster.until("denied without a scope", () -> cluster.is("Stalled", "ScopeDenied"));
        assertThat(cluster.condition("Stalled").orElseThrow().message())
                .contains("kind: ContainerAppScope", "namespaces: [" + cluster.namespace + "]", LiveCluster.APP);
        assertThat(cluster.azure.journal())
                .as("requests to ARM before a scope allows it")
                .isEmpty();

        cluster.applyScope();
        cluster.until("injected", () -> cluster.is("Ready", "Succeeded") && cluster.is("Injected", "UpToDate"));
        assertThat(cluster.patches()).isEqualTo(1);
        assertThat(cluster.azure
                        .get(LiveCluster.APP)
                        .at("/properties/template/initContainers/0/name")
                        .asText())
                .isEqualTo("jellykeep-restore");
        assertThat(cluster.condition("Protected").orElseThrow().status()).isEqualTo("False");
        assertThat(cluster.condition("Stalled")).isEmpty();

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body())
                .contains(
                        "jellyfin_backup_policy_condition{name=\"family\",namespace=\"" + cluster.namespace
                                + "\",reason=\"Succeeded\",status=\"True\",type=\"Ready\"} 1",
                        "jellyfin_backup_unprotected_seconds",
                        "azure_arm_requests_total{code=\"200\",method=\"GET\"}",
                        "jellykeep_operator_leader 1",
                        "jellykeep_operator_events_total{reason=\"TemplatePatched\"} 1");

        String version = cluster.version();
        operator.close();
        operator = start(null);
        cluster.until(
                "another operator has looked", () -> cluster.azure.journal().size() > 3);
        assertThat(cluster.patches()).as("patches after a restart").isEqualTo(1);
        assertThat(cluster.version())
                .as("writes of a status that says nothing new")
                .isEqualTo(version);

        cluster.delete();
        assertThat(cluster.azure
                        .get(LiveCluster.APP)
                        .at("/properties/template/initContainers/0/name")
                        .asText())
                .as("the data is on an EmptyDir, so it stays protected")
                .isEqualTo("jellykeep-restore");
        assertThat(cluster.kube
                        .v1()
                        .events()
                        .inNamespace(cluster.namespace)
                        .list()
                        .getItems())
                .extracting(each -> each.getReason())
                .contains("ScopeDenied", "TemplatePatched", "InjectionLeftInPlace");
    }

    @Test
    void withoutAnyScopeItsLogSaysHowToMakeOne() throws Exception {
        operator.close();
        try (HeardLog log = HeardLog.of(PolicyReconciler.class)) {
            operator = start(null);
            assertThat(log.lines())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("scope.create=true", "kind: ContainerAppScope", "resourceIdPrefixes:", "identities:");
        }
        operator.close();
        cluster.applyScope();
        try (HeardLog log = HeardLog.of(PolicyReconciler.class)) {
            operator = start(null);
            assertThat(log.lines()).as("with a scope").isEmpty();
        }
    }

    @Test
    void ofTwoOperatorsOneWrites_andTheOtherTakesOver() throws Exception {
        operator.close();
        operator = start("jellykeep");
        try (OperatorProcess second = start("jellykeep")) {
            assertThat(get(second, "/readyz").statusCode())
                    .as("who doesn't lead is ready too: else no rollout of two pods would end")
                    .isEqualTo(200);
            cluster.applyScope();
            cluster.applyPolicy("");
            cluster.until("injected", () -> cluster.is("Ready", "Succeeded"));
            assertThat(cluster.patches()).isEqualTo(1);
            operator.close();
            cluster.azure.clearJournal();
            cluster.until("the second one looks", () -> !cluster.azure.journal().isEmpty());
            assertThat(cluster.patches()).isZero();
            assertThat(second.managementPort()).isPositive();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(operator, path);
    }

    private static HttpResponse<String> get(OperatorProcess of, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + of.managementPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
