package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One Container App: what was written, and what became of it.
public final class App {
    private final ArmPath path;
    private final List<Revision> revisions = new ArrayList<>();
    private ObjectNode stored;
    private SystemData systemData;
    private @Nullable Operation operation;
    private String latestReady = "";
    private boolean stopped;
    private boolean failed;
    private int numbers;
    private int replicaNumbers;
    private int requests;

    App(ArmPath path, ObjectNode stored, Caller by, Instant at) {
        this.path = path;
        this.stored = stored;
        this.systemData = SystemData.created(by, at);
    }

    public String name() {
        return path.name(0);
    }

    public String id() {
        return path.id(0);
    }

    ArmPath path() {
        return path;
    }

    /// What was written, secrets and all, without what the service adds.
    ObjectNode stored() {
        return stored;
    }

    void store(ObjectNode written, Caller by, Instant at) {
        stored = written;
        systemData = systemData.modified(by, at);
    }

    SystemData systemData() {
        return systemData;
    }

    JsonNode properties() {
        return stored.path("properties");
    }

    JsonNode configuration() {
        return properties().path("configuration");
    }

    JsonNode template() {
        return properties().path("template");
    }

    boolean single() {
        return !Json.text(configuration(), "activeRevisionsMode").equalsIgnoreCase("Multiple");
    }

    List<Revision> revisions() {
        return revisions;
    }

    Optional<Revision> revision(String name) {
        return revisions.stream()
                .filter(revision -> revision.name().equalsIgnoreCase(name))
                .findFirst();
    }

    Optional<Revision> newest() {
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.getLast());
    }

    /// The revision that gets the traffic, if it is active.
    Optional<Revision> serving() {
        return revision(latestReady).filter(Revision::active);
    }

    String latestReady() {
        return latestReady;
    }

    void latestReady(String revision) {
        latestReady = revision;
    }

    @Nullable
    Operation operation() {
        return operation;
    }

    void operation(Operation next) {
        operation = next;
    }

    boolean busy() {
        return operation != null && operation.running();
    }

    boolean deleting() {
        return operation != null && operation.running() && operation.kind() == Operation.Kind.DELETE;
    }

    boolean stopped() {
        return stopped;
    }

    void stopped(boolean now) {
        stopped = now;
    }

    boolean failed() {
        return failed;
    }

    void failed(boolean now) {
        failed = now;
    }

    int nextRevisionNumber() {
        return ++numbers;
    }

    /// Users' requests that wait, or are being answered.
    int requests() {
        return requests;
    }

    void requests(int now) {
        requests = now;
    }

    int nextReplicaNumber() {
        return ++replicaNumbers;
    }
}
