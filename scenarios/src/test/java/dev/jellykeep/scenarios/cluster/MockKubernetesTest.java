package dev.jellykeep.scenarios.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Programs;
import dev.jellykeep.scenarios.town.TownOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the mock would mislead the operator if it did otherwise than an API server.
class MockKubernetesTest {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("jellykeep-operator")
            .withForce(true)
            .build();

    private static final String ACCOUNT = "https://family.blob.core.windows.net";

    private MockKubernetes mock;
    private KubernetesClient operator;

    @BeforeEach
    void start(@TempDir Path folder) {
        mock = MockKubernetes.start(TownOptions.of(Programs.repository(), folder));
        operator = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(mock.operatorsKubeconfig().toFile()))
                .build();
        apply(Policy.small());
    }

    @AfterEach
    void close() {
        operator.close();
        mock.close();
    }

    @Test
    void the_operator_finds_the_defaults_that_it_relies_on() {
        assertThat(mock.policy().at("/spec/drift/checkInterval").asText()).isEqualTo("10m");
        assertThat(mock.policy().at("/spec/agent/resources/memory").asText()).isEqualTo("0.5Gi");
        assertThat(mock.policy().at("/spec/initialDelay").asText()).isEqualTo("5s");
        assertThat(mock.policy().at("/spec/exclude").isArray()).isTrue();
    }

    @Test
    void a_status_takes_the_place_of_the_one_before_and_touches_nothing_else() {
        var before = mock.policy();
        applyStatus("conditions: [{type: Stalled, reason: A}, {type: Ready, reason: B}]\nplan: {digest: x}");
        applyStatus("conditions: [{type: Ready, reason: C}]");

        var after = mock.policy();
        assertThat(after.path("status")).hasToString("{\"conditions\":[{\"type\":\"Ready\",\"reason\":\"C\"}]}");
        assertThat(after.path("spec")).isEqualTo(before.path("spec"));
        assertThat(after.at("/metadata/generation")).isEqualTo(before.at("/metadata/generation"));
    }

    @Test
    void a_changed_spec_is_a_new_generation_and_keeps_status_and_finalizer() {
        applyStatus("observedGeneration: 1");
        addFinalizer();
        apply(Policy.small().with("scale: Enforce"));

        assertThat(mock.policy().at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(mock.policy().at("/status/observedGeneration").asInt()).isEqualTo(1);
        assertThat(mock.policy().at("/metadata/finalizers")).hasSize(1);
        assertThat(mock.policy().at("/spec/scale").asText()).isEqualTo("Enforce");
    }

    @Test
    void an_annotation_asks_without_a_new_generation() {
        mock.annotatePolicy(Cluster.REQUEST, "evening");
        mock.annotatePolicy(Cluster.REQUEST, "morning");
        assertThat(mock.policy()
                        .path("metadata")
                        .path("annotations")
                        .path(Cluster.REQUEST)
                        .asText())
                .isEqualTo("morning");
        assertThat(mock.policy().at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void a_deleted_policy_stays_until_its_finalizer_is_gone_and_says_since_when() {
        addFinalizer();
        var _ = policy().delete();

        assertThat(Instant.parse(mock.policy().at("/metadata/deletionTimestamp").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());

        var _ = policy().edit(old -> {
            old.getMetadata().setFinalizers(List.of());
            return old;
        });
        mock.deletePolicy(Duration.ofSeconds(10));
        assertThatIllegalStateException().isThrownBy(mock::policy);
    }

    @Test
    void what_the_demo_tells_people_to_try_brings_a_deleted_policy_back_and_asks_for_a_backup(@TempDir Path folder)
            throws IOException {
        var file =
                Files.writeString(folder.resolve("policy.yaml"), Policy.small().yaml(ACCOUNT, "backups"));
        mock.deletePolicy(Duration.ofSeconds(10));
        for (var command : mock.commandsToTry(file)) {
            if (command.startsWith("curl")) {
                assertThat(shell(folder, command)).contains("initialDelay").contains("checkInterval");
            }
        }
        assertThat(mock.policy().path("metadata").path("annotations").has(Cluster.REQUEST))
                .isTrue();
    }

    private static String shell(Path folder, String command) {
        try (var process = ChildProcess.start(folder, "shell", List.of("sh", "-c", command), Map.of())) {
            assertThat(process.awaitExit(Duration.ofSeconds(30))).as(command).isZero();
            return process.output();
        }
    }

    private void apply(Policy policy) {
        mock.apply(policy.yaml(ACCOUNT, "backups"));
    }

    private void applyStatus(String status) {
        var fresh = named();
        fresh.setAdditionalProperty("status", Serialization.unmarshal(status, Object.class));
        var _ = operator.resource(fresh).subresource("status").patch(APPLY);
    }

    private void addFinalizer() {
        var fresh = named();
        fresh.getMetadata().setFinalizers(List.of("jellykeep.dev/injection"));
        var _ = operator.resource(fresh).patch(APPLY);
    }

    private Resource<GenericKubernetesResource> policy() {
        return operator.genericKubernetesResources("jellykeep.dev/v1alpha1", "JellyfinBackupPolicy")
                .inNamespace(Policy.NAMESPACE)
                .withName(Policy.NAME);
    }

    private static GenericKubernetesResource named() {
        return Serialization.unmarshal("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: %s, namespace: %s}
                """.formatted(Policy.NAME, Policy.NAMESPACE), GenericKubernetesResource.class);
    }
}
