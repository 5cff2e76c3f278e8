package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jellykeep.sandbox.kubernetes.ApiServer;
import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.sandbox.kubernetes.Kubectl;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A Kubernetes cluster with Jellykeep's operator, which looks after a town.
public final class Cluster implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OPERATORS_NAMESPACE = "jellykeep";

    private final Town town;
    private final ApiServer server;
    private final Kubectl kubectl;
    private @Nullable ChildProcess operator;

    private Cluster(Town town, ApiServer server) {
        this.town = town;
        this.server = server;
        this.kubectl = server.kubectl();
    }

    /// Starts a cluster with Jellykeep's resources, its operator's rights and the namespace of the policy; no operator
    /// yet.
    public static Cluster start(Town town, Binaries binaries) {
        var options = town.options();
        var cluster =
                new Cluster(town, ApiServer.start(binaries, options.folder().resolve("kubernetes")));
        var repository = options.repository();
        cluster.kubectl.run("create", "namespace", OPERATORS_NAMESPACE);
        cluster.kubectl.run("create", "namespace", Policy.NAMESPACE);
        cluster.applyFile(repository.resolve("crds"));
        cluster.applyFile(repository.resolve("examples/operator/rbac.yaml"));
        cluster.kubectl.run(
                "wait", "--for=condition=Established", "--timeout=30s", "crd/jellyfinbackuppolicies.jellykeep.dev");
        return cluster;
    }

    public Kubectl kubectl() {
        return kubectl;
    }

    public Path kubeconfig() {
        return server.kubeconfig();
    }

    /// Starts the operator, under its own service account's rights.
    public void startOperator() {
        operator = town.operator().run(server.kubeconfigOf(OPERATORS_NAMESPACE, "jellykeep-operator"));
    }

    /// Ends the operator at once, as the loss of its node does.
    public void killOperator() {
        operator().close();
    }

    /// What the operator printed last.
    public String operatorsLog() {
        return operator == null ? "" : operator.tail(40);
    }

    public void applyScope() {
        var _ = kubectl.apply(Policy.scope(town.accountUrl(), town.container()));
    }

    public void apply(Policy policy) {
        var _ = kubectl.apply(policy.yaml(town.accountUrl(), town.container()));
    }

    /// Asks for a backup as people do, by an annotation.
    public void requestBackup(String token) {
        var _ = kubectl.run(
                "annotate",
                "jbp",
                Policy.NAME,
                "--namespace",
                Policy.NAMESPACE,
                "--overwrite",
                "jellykeep.dev/backup-requested=" + token);
    }

    /// The policy's status; empty before it has one.
    public JsonNode status() {
        return policy().path("status");
    }

    /// A condition of the policy, as `TYPE=STATUS (Reason)`.
    public Optional<Condition> condition(String type) {
        return StreamSupport.stream(status().path("conditions").spliterator(), false)
                .filter(each -> each.path("type").asText().equals(type))
                .map(each -> new Condition(
                        each.path("status").asText(),
                        each.path("reason").asText(),
                        each.path("message").asText()))
                .findFirst();
    }

    /// Waits until a condition has a reason.
    public void await(String type, String reason) {
        await(type, reason, BOUND);
    }

    /// Waits until a condition has a reason.
    public void await(String type, String reason, Duration bound) {
        Await.until(
                type + " is " + reason,
                bound,
                this::evidence,
                () -> condition(type)
                        .filter(each -> each.reason().equals(reason))
                        .isPresent());
    }

    /// Waits until a condition has a status.
    public void awaitStatus(String type, String status, Duration bound) {
        Await.until(
                type + " is " + status,
                bound,
                this::evidence,
                () -> condition(type)
                        .filter(each -> each.status().equals(status))
                        .isPresent());
    }

    /// What is told with a failure.
    public String evidence() {
        return "status: " + status().toPrettyString() + "\noperator:\n" + operatorsLog();
    }

    /// Deletes the policy and waits until it is gone.
    public void deletePolicy() {
        var _ = kubectl.run(
                "delete", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE, "--timeout=" + BOUND.toSeconds() + "s");
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        server.close();
    }

    private JsonNode policy() {
        try {
            return JSON.readTree(
                    kubectl.run("get", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE, "--output", "json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess operator() {
        return java.util.Objects.requireNonNull(operator, "the operator has not been started yet");
    }

    private void applyFile(Path file) {
        var _ = kubectl.run("apply", "--server-side", "--filename", file.toString());
    }

    /// A condition of a policy.
    public record Condition(String status, String reason, String message) {}
}
