package dev.jellykeep.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.kube.KubeApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Flux' source-controller and kustomize-controller, with a git server that they read from.
final class Flux implements AutoCloseable {
    private static final String NAMESPACE = "flux-system";
    private static final String SOURCES = "source.toolkit.fluxcd.io";
    private static final String KUSTOMIZATIONS = "kustomize.toolkit.fluxcd.io";
    private static final String REQUESTED = "reconcile.fluxcd.io/requestedAt";
    private static final Set<String> RIGHTS = Set.of("ServiceAccount", "Role", "RoleBinding");
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final KubernetesClient kube = KubeApi.shared();
    private final GitServer git;
    private final FluxProgram sources;
    private final FluxProgram kustomizations;

    Flux(Path folder) throws IOException {
        ForeignCrds.install();
        kube.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        git = new GitServer(Files.createDirectories(folder.resolve("git")));
        String address = "127.0.0.1:" + FluxProgram.freePort();
        Path artifacts = Files.createDirectories(folder.resolve("artifacts"));
        sources = FluxProgram.start(
                "source-controller",
                folder,
                List.of("--storage-path=" + artifacts, "--storage-addr=" + address, "--storage-adv-addr=" + address));
        kustomizations = FluxProgram.start("kustomize-controller", folder, List.of());
    }

    /// Whether a Kustomization is ready, and why not.
    record Ready(String status, String reason, String message) {}

    /// Commits these files alone, and waits until Flux has them.
    String push(String repository, Map<String, String> files) {
        String commit = git.commit(repository, files);
        if (resource(SOURCES, "GitRepository", repository).get() == null) {
            apply(SOURCES, "GitRepository", repository, each -> {
                spec(each).put("url", git.url(repository));
                spec(each).putObject("ref").put("branch", "main");
            });
        }
        request(SOURCES, "GitRepository", repository);
        until(
                SOURCES,
                "GitRepository",
                repository,
                status -> status.at("/artifact/revision").asText().contains(commit));
        return commit;
    }

    /// The example's rights of those who write policies, for another namespace.
    void grant(String policies) {
        Examples.documents(Examples.GITOPS.resolve("flux/jellykeep.yaml")).stream()
                .filter(each -> RIGHTS.contains(each.path("kind").asText()))
                .map(each -> each.toString().replace("\"namespace\":\"media\"", "\"namespace\":\"" + policies + "\""))
                .forEach(each -> kube.load(new ByteArrayInputStream(each.getBytes(StandardCharsets.UTF_8)))
                        .serverSideApply());
    }

    /// One of the example's, with something changed.
    void apply(String kustomization, Consumer<ObjectNode> change) {
        apply(KUSTOMIZATIONS, "Kustomization", kustomization, each -> change.accept(spec(each)));
    }

    private void apply(String group, String kind, String name, Consumer<ObjectNode> change) {
        ObjectNode example = Examples.named(group, kind, name).deepCopy();
        change.accept(example);
        kube.load(new ByteArrayInputStream(example.toString().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private static ObjectNode spec(ObjectNode resource) {
        return (ObjectNode) resource.path("spec");
    }

    /// Once Flux has applied this commit and knows what became of it.
    Ready ended(String kustomization, String commit) {
        return ready(until(
                KUSTOMIZATIONS,
                "Kustomization",
                kustomization,
                status -> status.path("lastAttemptedRevision").asText().contains(commit)
                        && !ready(status).status().equals("Unknown")));
    }

    /// Once Flux has tried again, for whoever asks.
    Ready again(String kustomization) {
        String when = request(KUSTOMIZATIONS, "Kustomization", kustomization);
        return ready(until(
                KUSTOMIZATIONS,
                "Kustomization",
                kustomization,
                status -> status.path("lastHandledReconcileAt").asText().equals(when)
                        && !ready(status).status().equals("Unknown")));
    }

    private static Ready ready(JsonNode status) {
        for (JsonNode each : status.path("conditions")) {
            if (each.path("type").asText().equals("Ready")) {
                return new Ready(
                        each.path("status").asText(),
                        each.path("reason").asText(),
                        each.path("message").asText());
            }
        }
        return new Ready("Unknown", "", "");
    }

    private String request(String group, String kind, String name) {
        String when = Instant.now().toString();
        resource(group, kind, name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + REQUESTED + "\": \"" + when + "\"}}}");
        return when;
    }

    private Resource<GenericKubernetesResource> resource(String group, String kind, String name) {
        return kube.genericKubernetesResources(group + "/v1", kind)
                .inNamespace(NAMESPACE)
                .withName(name);
    }

    private JsonNode until(String group, String kind, String name, Predicate<JsonNode> holds) {
        Instant end = Instant.now().plus(BOUND);
        while (true) {
            JsonNode status = new ObjectMapper()
                    .valueToTree(resource(group, kind, name).get())
                    .path("status");
            if (holds.test(status)) {
                return status;
            }
            assertThat(Instant.now())
                    .as("%s %s not within %s: %s", kind, name, BOUND, status)
                    .isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Override
    public void close() {
        kustomizations.close();
        sources.close();
        git.close();
    }
}
