package dev.jellykeep.scenarios.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A Kubernetes with Jellykeep's operator, which looks after a town.
public final class Cluster implements AutoCloseable {
    static final String REQUEST = "jellykeep.dev/backup-requested";
    private static final Duration BOUND = Town.BOUND;

    private final Town town;
    private final Kubernetes kubernetes;
    private @Nullable ChildProcess operator;
    private String applied = "";

    /// No operator runs yet.
    ///
    /// @param kubernetes closed with this
    public Cluster(Town town, Kubernetes kubernetes) {
        this.town = town;
        this.kubernetes = kubernetes;
    }

    public Kubernetes kubernetes() {
        return kubernetes;
    }

    /// Starts the operator.
    public void startOperator() {
        operator = town.operator().run(kubernetes.operatorsKubeconfig());
    }

    /// Ends the operator at once, as the loss of its node does.
    public void killOperator() {
        Objects.requireNonNull(operator, "the operator has not been started yet")
                .close();
    }

    /// What the operator printed last.
    public String operatorsLog() {
        return operator == null ? "" : operator.tail(40);
    }

    public void applyScope() {
        kubernetes.apply(Policy.scope(town.accountUrl(), town.container()));
    }

    public void apply(Policy policy) {
        applied = town.yaml(policy);
        kubernetes.apply(applied);
    }

    /// Commands for the policy that was applied last.
    public List<String> commandsToTry() {
        try {
            var file = town.options().folder().resolve("policy.yaml");
            return kubernetes.commandsToTry(Files.writeString(file, applied));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks for a backup as people do, by an annotation.
    public void requestBackup(String token) {
        kubernetes.annotatePolicy(REQUEST, token);
    }

    /// The policy's status; empty before it has one.
    public JsonNode status() {
        return kubernetes.policy().path("status");
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
        kubernetes.deletePolicy(BOUND);
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        kubernetes.close();
    }

    /// A condition of a policy.
    public record Condition(String status, String reason, String message) {}
}
