package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One revision of an app: an unchanging template, and the replicas that run it.
final class Revision {
    /// How far it has come since it was activated.
    enum Progress {
        PROVISIONING,
        PROVISIONED,
        FAILED
    }

    private final String name;
    private final String suffix;
    private final Instant createdAt;
    private final ObjectNode template;
    private final List<Replica> replicas = new ArrayList<>();
    private Progress progress = Progress.PROVISIONING;
    private boolean active = true;
    private int target;
    private Instant activatedAt;
    private Instant deadline;
    private Instant lastActivity;
    private @Nullable Instant deactivateAt;
    private String error = "";

    /// @param template with defaults
    /// @param target the replicas to begin with
    Revision(String name, String suffix, ObjectNode template, int target, Instant createdAt, Duration deadline) {
        this.name = name;
        this.suffix = suffix;
        this.template = template;
        this.target = target;
        this.createdAt = createdAt;
        this.activatedAt = createdAt;
        this.lastActivity = createdAt;
        this.deadline = createdAt.plus(deadline);
    }

    String name() {
        return name;
    }

    /// As given by a user; empty for a generated one.
    String suffix() {
        return suffix;
    }

    Instant createdAt() {
        return createdAt;
    }

    ObjectNode template() {
        return template;
    }

    List<Replica> replicas() {
        return replicas;
    }

    Stream<Replica> counting() {
        return replicas.stream().filter(Replica::counts);
    }

    long ready() {
        return counting().filter(replica -> replica.status().ready()).count();
    }

    Scale scale() {
        return Scale.of(template);
    }

    Progress progress() {
        return progress;
    }

    boolean active() {
        return active;
    }

    boolean provisioning() {
        return active && progress == Progress.PROVISIONING;
    }

    int target() {
        return target;
    }

    void target(int replicas, Instant now) {
        target = replicas;
        lastActivity = now;
    }

    Instant deadline() {
        return deadline;
    }

    Instant activatedAt() {
        return activatedAt;
    }

    Instant lastActivity() {
        return lastActivity;
    }

    /// Somebody used it.
    void used(Instant now) {
        lastActivity = now;
    }

    /// When it falls idle unless something happens.
    Instant idleAt() {
        return lastActivity.plus(scale().coolDown());
    }

    @Nullable
    Instant deactivateAt() {
        return deactivateAt;
    }

    void deactivateAt(Instant at) {
        deactivateAt = at;
    }

    void activate(int replicas, Instant now, Duration untilDeadline) {
        active = true;
        progress = Progress.PROVISIONING;
        error = "";
        target = replicas;
        activatedAt = now;
        lastActivity = now;
        deadline = now.plus(untilDeadline);
        deactivateAt = null;
    }

    void deactivate() {
        active = false;
        target = 0;
        deactivateAt = null;
    }

    void provisioned(Instant now) {
        progress = Progress.PROVISIONED;
        lastActivity = now;
    }

    void fail(String why) {
        progress = Progress.FAILED;
        error = why;
    }

    /// Why it failed; empty where it didn't.
    String error() {
        return error;
    }
}
