package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.kube.AuditLog;
import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.operator.kube.OperatorRights;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// All that an operator does in a cluster, rare paths included, as far as it gets with some of its rights.
final class RightsStory {
    private static final String LEASE = "jellykeep-operator";

    /// What it comes to, one after the other.
    enum Step {
        /// It watches, and takes part in the choice of a leader.
        STARTED,
        /// A policy that no scope allows has a status that says so.
        DENIED,
        /// And an event.
        TOLD,
        /// A new scope allows it.
        INJECTED,
        /// It goes on to lead.
        LEADS,
        /// A deleted policy is gone, although somebody edited it while its finalizer was taken off.
        GONE,
        /// The API server refused nothing. What the SDK tries again later would still get there.
        UNREFUSED
    }

    /// @param stuck the first step that was not reached; empty if all were
    /// @param took each step that was reached
    /// @param calls what the operator asked of the API server
    record Told(Optional<Step> stuck, Map<Step, Duration> took, List<AuditLog.Call> calls) {}

    private final LiveCluster cluster;
    private final OperatorRights rights;
    private final Map<Step, Duration> bounds;
    private final Map<Step, Duration> took = new EnumMap<>(Step.class);
    private final AtomicBoolean edit = new AtomicBoolean();
    private final long begin = KubeApi.audit().end();

    private RightsStory(LiveCluster cluster, OperatorRights rights, Map<Step, Duration> bounds) {
        this.cluster = cluster;
        this.rights = rights;
        this.bounds = bounds;
    }

    /// @param bounds how long each step may take
    static Told tell(OperatorRights rights, Map<Step, Duration> bounds) throws IOException {
        try (LiveCluster cluster = new LiveCluster()) {
            var story = new RightsStory(cluster, rights, bounds);
            Step stuck = story.tell();
            return new Told(Optional.ofNullable(stuck), story.took, story.calls());
        }
    }

    private List<AuditLog.Call> calls() {
        return KubeApi.audit().calls(begin, rights.user());
    }

    private @Nullable Step tell() throws IOException {
        cluster.kube
                .leases()
                .inNamespace(OperatorRights.NAMESPACE)
                .withName(LEASE)
                .delete();
        Instant start = Instant.now();
        try (KubernetesClient own = KubeApi.as(rights, http -> http.addOrReplaceInterceptor("edit", editor()));
                OperatorProcess _ = cluster.start(own, OperatorRights.NAMESPACE)) {
            took.put(Step.STARTED, Duration.between(start, Instant.now()));
            cluster.applyPolicy("");
            if (!reached(Step.DENIED, () -> cluster.is("Stalled", "ScopeDenied"))) {
                return Step.DENIED;
            }
            if (!reached(Step.TOLD, this::told)) {
                return Step.TOLD;
            }
            cluster.applyScope();
            if (!reached(Step.INJECTED, () -> cluster.is("Injected", "UpToDate"))) {
                return Step.INJECTED;
            }
            String renewed = renewed();
            if (!reached(Step.LEADS, () -> !renewed().equals(renewed))) {
                return Step.LEADS;
            }
            edit.set(true);
            policy().delete();
            if (!reached(Step.GONE, () -> policy().get() == null)) {
                return Step.GONE;
            }
            return calls().stream().anyMatch(AuditLog.Call::refused) ? Step.UNREFUSED : null;
        } catch (OperatorException e) {
            return Step.STARTED;
        }
    }

    private boolean reached(Step step, BooleanSupplier holds) {
        Instant start = Instant.now();
        Instant end = start.plus(bounds.get(step));
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        took.put(step, Duration.between(start, Instant.now()));
        return true;
    }

    private boolean told() {
        return cluster.kube.v1().events().inNamespace(cluster.namespace).list().getItems().stream()
                .anyMatch(each -> each.getReason().equals("ScopeDenied"));
    }

    private String renewed() {
        Lease lease = cluster.kube
                .leases()
                .inNamespace(OperatorRights.NAMESPACE)
                .withName(LEASE)
                .get();
        return String.valueOf(lease.getSpec().getRenewTime());
    }

    private Resource<JellyfinBackupPolicy> policy() {
        return cluster.kube
                .resources(JellyfinBackupPolicy.class)
                .inNamespace(cluster.namespace)
                .withName("family");
    }

    /// Somebody's edit, once, right before the operator's own patch arrives.
    private Interceptor editor() {
        return new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (request.method().equals("PATCH")
                        && request.uri().getPath().endsWith("/jellyfinbackuppolicies/family")
                        && edit.compareAndSet(true, false)) {
                    policy().edit(each -> {
                        each.getMetadata().getAnnotations().put("edited", "meanwhile");
                        return each;
                    });
                }
            }
        };
    }
}
