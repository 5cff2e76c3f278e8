package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaStatus;
import java.time.Instant;

/// One replica, as last seen.
final class Replica {
    private final String name;
    private final Instant createdAt;
    private ReplicaStatus status;
    private boolean stopping;
    private boolean replaced;
    private boolean drained;

    Replica(String name, Instant createdAt, ReplicaStatus status) {
        this.name = name;
        this.createdAt = createdAt;
        this.status = status;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    ReplicaStatus status() {
        return status;
    }

    void see(ReplicaStatus now) {
        status = now;
    }

    boolean stopping() {
        return stopping;
    }

    void markStopping() {
        stopping = true;
    }

    /// Whether a restart has another one take its place.
    boolean replaced() {
        return replaced;
    }

    void markReplaced() {
        replaced = true;
    }

    /// Whether nothing takes its place before it is gone.
    boolean drained() {
        return drained;
    }

    void markDrained() {
        drained = true;
    }

    /// Whether it counts towards the replicas that its revision wants.
    boolean counts() {
        return !stopping && !replaced;
    }
}
