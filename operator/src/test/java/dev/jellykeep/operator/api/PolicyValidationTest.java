package dev.jellykeep.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.operator.kube.KubeApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the API server itself says about policies, before the operator sees any.
class PolicyValidationTest {
    private static final Path CASES = Path.of("src/test/resources");
    private static final Path SMALLEST = CASES.resolve("policies/valid/smallest.yaml");

    static List<Path> valid() throws IOException {
        return files("valid");
    }

    static List<Path> invalid() throws IOException {
        return files("invalid");
    }

    @Test
    void there_are_enough_cases() throws IOException {
        assertThat(valid()).hasSizeGreaterThan(5);
        assertThat(invalid()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void what_is_valid_is_accepted(Path file) throws IOException {
        assertThat(create(Files.readString(file)).getMetadata().getUid()).isNotEmpty();
    }

    /// Its first line is the sentence, or the beginning of one that Kubernetes words.
    @ParameterizedTest
    @MethodSource("invalid")
    void what_is_invalid_is_refused_with_the_field_and_the_remedy(Path file) throws IOException {
        var text = Files.readString(file);
        var sentence = text.lines().findFirst().orElseThrow().substring(2);
        assertThatThrownBy(() -> create(text))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void every_constant_default_is_filled_in() throws IOException {
        var created = create(Files.readString(SMALLEST));
        var spec = Serialization.unmarshal(Serialization.asJson(created), JellyfinBackupPolicy.class)
                .getSpec();
        assertThat(spec.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(spec.interval()).isEqualTo("15m");
        assertThat(spec.initialDelay()).isEqualTo("2m");
        assertThat(spec.minSize()).isEqualTo("50Ki");
        assertThat(spec.maxShrinkPercent()).isEqualTo(50);
        assertThat(spec.include()).isEmpty();
        assertThat(spec.retention()).isEqualTo(new RetentionSpec(8, 0, 14, 8, 6, 0, null, 3));
        assertThat(spec.restore()).isEqualTo(new RestoreSpec(NoBackupAction.START_EMPTY, "5m", null));
        assertThat(spec.takeOver()).isEmpty();
        assertThat(spec.scale()).isEqualTo(ScalePolicy.CHECK);
        assertThat(spec.rollout())
                .isEqualTo(new RolloutSpec(
                        RolloutStrategy.WHEN_IDLE,
                        "24h",
                        "10m",
                        null,
                        PreRolloutBackup.REQUIRED,
                        FirstInjection.SAFE,
                        RollbackPolicy.SAFE));
        assertThat(spec.drift()).isEqualTo(new DriftSpec(DriftMode.CORRECT, "10m", new CorrectionBudget(3, "1h")));
        assertThat(spec.objectives()).isNull();
        assertThat(spec.agent())
                .isEqualTo(new AgentSpec(null, new AgentResources("0.25", "0.5Gi"), UpdatePolicy.WHEN_IDLE));
        assertThat(spec.deletion()).isEqualTo(new DeletionSpec(InjectionOnDeletion.AUTO, false));
        assertThat(spec.storage().prefix()).isEmpty();
    }

    @Test
    void a_tool_that_waits_does_not_take_a_policy_for_done_that_nobody_has_looked_at() throws IOException {
        var made = create(Files.readString(SMALLEST));
        assertThat(Serialization.asJson(made.getAdditionalProperties().get("status")))
                .isEqualTo("{\"observedGeneration\":-1}");
    }

    @Test
    void the_app_of_a_policy_cannot_be_changed() throws IOException {
        var client = KubeApi.shared();
        var policy = Serialization.unmarshal(Files.readString(SMALLEST), GenericKubernetesResource.class);
        policy.getMetadata().setName("immutable");
        client.resource(policy).inNamespace("default").create();
        assertThatThrownBy(() -> client.resource(Serialization.asYaml(policy).replace("/jellyfin", "/other"))
                        .inNamespace("default")
                        .forceConflicts()
                        .serverSideApply())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("containerApp.resourceId can't be changed: delete this policy and create one");
    }

    @Test
    void two_writers_of_different_conditions_keep_each_others() throws IOException {
        var client = KubeApi.shared();
        var policy = Serialization.unmarshal(Files.readString(SMALLEST), GenericKubernetesResource.class);
        policy.getMetadata().setName("two-writers");
        client.resource(policy).inNamespace("default").create();
        for (var type : List.of("Ready", "Protected")) {
            var status = """
                    apiVersion: jellykeep.dev/v1alpha1
                    kind: JellyfinBackupPolicy
                    metadata: {name: two-writers}
                    status:
                      conditions:
                      - {type: %s, status: "True", reason: Fine, message: fine, lastTransitionTime: "2026-11-01T08:00:00Z"}
                    """.formatted(type);
            client.resource(Serialization.unmarshal(status, GenericKubernetesResource.class))
                    .inNamespace("default")
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager("writer-of-" + type.toLowerCase(Locale.ROOT))
                            .build());
        }
        var both = client.resources(JellyfinBackupPolicy.class)
                .inNamespace("default")
                .withName("two-writers")
                .require();
        assertThat(both.getStatus().conditions())
                .extracting(PolicyCondition::type)
                .containsExactlyInAnyOrder("Ready", "Protected");
    }

    @Test
    void a_status_is_not_refused_for_the_length_of_what_it_shows() throws IOException {
        var client = KubeApi.shared();
        var policy = Serialization.unmarshal(Files.readString(SMALLEST), GenericKubernetesResource.class);
        policy.getMetadata().setName("long-plan");
        client.resource(policy).inNamespace("default").create();
        var line = "x".repeat(1024);
        var status = """
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: long-plan}
                status: {plan: {changes: [%s], warnings: [%s], patch: %s, digest: d, cut: [%s]}}
                """.formatted((line + ", ").repeat(127) + line, line, "y".repeat(64 * 1024), line);
        client.resource(Serialization.unmarshal(status, GenericKubernetesResource.class))
                .inNamespace("default")
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("writer-of-plans")
                        .build());
        var written = client.resources(JellyfinBackupPolicy.class)
                .inNamespace("default")
                .withName("long-plan")
                .require();
        assertThat(written.getStatus().plan())
                .satisfies(plan -> assertThat(plan.changes()).hasSize(128));
    }

    /// As `kubectl create --dry-run=server`.
    private static GenericKubernetesResource create(String yaml) {
        var policy = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        return KubeApi.shared().resource(policy).inNamespace("default").dryRun().create();
    }

    /// Of policies and of scopes.
    private static List<Path> files(String folder) throws IOException {
        var found = new ArrayList<Path>();
        for (var kind : List.of("policies", "scopes")) {
            try (Stream<Path> files = Files.list(CASES.resolve(kind).resolve(folder))) {
                files.sorted().forEach(found::add);
            }
        }
        return found;
    }
}
