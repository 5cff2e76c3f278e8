package dev.jellykeep.sandbox.containerapps.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replicas without processes: their containers do what scripts say, else they end or get ready in their time.
public final class SimulatedReplicas implements ReplicaHost {
    private final List<ContainerScript> scripts = new ArrayList<>();
    private final Map<String, SimulatedReplica> replicas = new HashMap<>();

    /// Replaces what was scripted for the same container and revision. A script for one revision wins.
    public void script(ContainerScript script) {
        scripts.removeIf(before -> before.container().equals(script.container())
                && before.revision().equals(script.revision()));
        if (script.revision().isPresent()) {
            scripts.addFirst(script);
        } else {
            scripts.addLast(script);
        }
    }

    /// Forgets all scripts; replicas that run keep theirs.
    public void clearScripts() {
        scripts.clear();
    }

    @Override
    public boolean crash(String replica, String container, Instant now) {
        var running = replicas.get(replica);
        if (running == null) {
            return false;
        }
        running.crash(container, now);
        return true;
    }

    @Override
    public void start(ReplicaOrder order) {
        replicas.put(order.name(), new SimulatedReplica(order, name -> scriptOf(name, order.revision())));
    }

    @Override
    public ReplicaStatus observe(String replica, Instant now) {
        var running = replicas.get(replica);
        if (running == null) {
            return ReplicaStatus.GONE;
        }
        var status = running.observe(now);
        if (status.gone()) {
            replicas.remove(replica);
        }
        return status;
    }

    @Override
    public void stop(String replica, Instant now, Duration grace) {
        var running = replicas.get(replica);
        if (running != null) {
            running.stop(now, grace);
        }
    }

    @Override
    public Optional<Instant> nextChange(String replica, Instant now) {
        var running = replicas.get(replica);
        return running == null ? Optional.empty() : running.nextChange(now);
    }

    private ContainerScript scriptOf(String container, String revision) {
        return scripts.stream()
                .filter(script -> script.fits(container, revision))
                .findFirst()
                .orElseGet(() -> ContainerScript.of(container));
    }
}
