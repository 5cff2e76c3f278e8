package dev.jellykeep.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.cli.LiveCluster;
import dev.jellykeep.operator.kube.KubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A policy's life in a repository, as Flux sees it: its own controllers with the example's Kustomizations, a real API
/// server, and the operator with its own rights. One cluster for all, in order. tools/gitops runs it.
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FluxTest {
    private static final String POLICIES = "jellykeep-policies";

    private static LiveCluster cluster;
    private static Flux flux;
    private static KubernetesClient own;
    private static @Nullable AutoCloseable operator;

    @BeforeAll
    static void begin() throws IOException {
        own = KubeApi.asOperator();
        cluster = new LiveCluster();
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        flux = new Flux(Files.createTempDirectory(target, "flux-"));
    }

    @AfterAll
    static void end() throws Exception {
        if (flux != null) {
            flux.close();
        }
        if (operator != null) {
            operator.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        own.close();
    }

    /// The family's repository, with this in its policy's spec.
    private static String push(String more) {
        return flux.push(
                "family",
                Map.of(
                        "scopes/kustomization.yaml", example("scopes/kustomization.yaml"),
                        "scopes/media.yaml", cluster.scope(),
                        "policies/kustomization.yaml", example("policies/kustomization.yaml"),
                        "policies/family.yaml", cluster.policy(more)));
    }

    private static String example(String file) {
        return Examples.read(Examples.GITOPS.resolve(file));
    }

    private static JellyfinBackupPolicy policy() {
        return cluster.kube
                .resources(JellyfinBackupPolicy.class)
                .inNamespace(cluster.namespace)
                .withName("family")
                .get();
    }

    /// It looks at everything when it starts.
    private static void restart() throws Exception {
        AutoCloseable before = operator;
        if (before != null) {
            before.close();
        }
        operator = cluster.operator(own);
    }

    private static String family() {
        return "JellyfinBackupPolicy/" + cluster.namespace + "/family";
    }

    @Test
    @Order(1)
    void aPolicyThatNobodyHasLookedAtIsNotReady() {
        String crds = flux.push(
                "jellykeep",
                Map.of(
                        "crds/policies.yaml",
                        Examples.read(Path.of("../crds/jellyfinbackuppolicies.jellykeep.dev.yaml")),
                        "crds/scopes.yaml",
                        Examples.read(Path.of("../crds/containerappscopes.jellykeep.dev.yaml"))));
        String commit = push("");
        flux.grant(cluster.namespace);
        flux.apply("jellykeep-crds", _ -> {});
        // what the operator's own release would be: there is no helm-controller here
        flux.apply(
                "jellykeep-scopes",
                spec -> spec.putArray("dependsOn").addObject().put("name", "jellykeep-crds"));
        // Flux waits no shorter
        flux.apply(POLICIES, spec -> spec.put("timeout", "30s"));
        assertThat(flux.ended("jellykeep-crds", crds).status()).isEqualTo("True");
        assertThat(flux.ended("jellykeep-scopes", commit).status()).isEqualTo("True");
        Flux.Ready ready = flux.ended(POLICIES, commit);
        assertThat(ready.status()).as("%s", ready).isEqualTo("False");
        assertThat(ready.reason()).isEqualTo("HealthCheckFailed");
        assertThat(ready.message()).contains("timeout waiting for", family() + " status: 'InProgress'");
    }

    @Test
    @Order(2)
    void theRepositoryIsReadyOnceThePolicyIs() throws Exception {
        restart();
        flux.apply(POLICIES, spec -> spec.put("timeout", "1m"));
        Flux.Ready ready = flux.again(POLICIES);
        assertThat(ready.status()).as("%s", ready).isEqualTo("True");
        assertThat(cluster.is("Ready", "Succeeded")).isTrue();
        assertThat(cluster.azure
                        .get(LiveCluster.APP)
                        .at("/properties/template/initContainers/0/name")
                        .asText())
                .isEqualTo("jellykeep-restore");
    }

    @Test
    @Order(3)
    void aPolicyThatBreaksARuleIsRefusedWithTheRulesWords() {
        long before = policy().getMetadata().getGeneration();
        Flux.Ready ready = flux.ended(POLICIES, push("  interval: 1h\n  objectives: {recoveryPoint: 5m}\n"));
        assertThat(ready.status()).as("%s", ready).isEqualTo("False");
        assertThat(ready.reason()).isEqualTo("ReconciliationFailed");
        assertThat(ready.message()).contains(family(), "recoveryPoint");
        assertThat(policy().getMetadata().getGeneration()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void aPolicyThatNoScopeAllowsFailsAtOnce() {
        Flux.Ready ready = flux.ended(POLICIES, push("  agent: {image: 'registry.example/somebody/agent:1'}\n"));
        assertThat(ready.status()).as("%s", ready).isEqualTo("False");
        assertThat(ready.reason()).isEqualTo("HealthCheckFailed");
        assertThat(ready.message()).contains("failed early due to stalled resources", family() + " status: 'Failed'");
        assertThat(cluster.condition("Stalled").orElseThrow().message()).contains("imageRepositories:");
    }

    @Test
    @Order(5)
    void aRevertedCommitIsReadyAgain() {
        Flux.Ready ready = flux.ended(POLICIES, push(""));
        assertThat(ready.status()).as("%s", ready).isEqualTo("True");
        assertThat(List.of(cluster.condition("Stalled"))).allMatch(each -> each.isEmpty());
    }

    @Test
    @Order(6)
    void whoeverWaitsForProtectedGetsItNoSooner() throws Exception {
        String docs = Examples.read(Path.of("../docs/gitops.md"));
        String block = docs.substring(docs.indexOf("```yaml\nhealthCheckExprs:") + "```yaml\n".length());
        JsonNode expressions = new YAMLMapper().readTree(block.substring(0, block.indexOf("```")));
        flux.apply(
                POLICIES,
                spec -> spec.put("timeout", "30s").set("healthCheckExprs", expressions.get("healthCheckExprs")));
        Flux.Ready unprotected = flux.again(POLICIES);
        assertThat(unprotected.status()).as("%s", unprotected).isEqualTo("False");
        assertThat(unprotected.message()).contains(family() + " status: 'InProgress'");

        cluster.seal();
        restart();
        cluster.until("protected", () -> cluster.is("Protected", "Protected"));
        Flux.Ready ready = flux.again(POLICIES);
        assertThat(ready.status()).as("%s", ready).isEqualTo("True");
    }

    @Test
    @Order(7)
    void whoMayWritePoliciesMakesNoScope() {
        String commit = flux.push(
                "family",
                Map.of(
                        "scopes/kustomization.yaml", example("scopes/kustomization.yaml"),
                        "scopes/media.yaml", cluster.scope(),
                        "policies/kustomization.yaml", example("policies/kustomization.yaml") + "  - scope.yaml\n",
                        "policies/family.yaml", cluster.policy(""),
                        "policies/scope.yaml", cluster.scope().replaceFirst("name: [^,}\\s]+", "name: more")));
        Flux.Ready ready = flux.ended(POLICIES, commit);
        assertThat(ready.status()).as("%s", ready).isEqualTo("False");
        assertThat(ready.message()).contains("ContainerAppScope/more", "forbidden");
    }
}
