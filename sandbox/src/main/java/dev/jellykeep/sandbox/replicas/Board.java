package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// What is known of a replica's containers.
final class Board {
    private final Map<String, ContainerStatus> init;
    private final Map<String, ContainerStatus> app;
    private boolean gone;

    Board(JsonNode template) {
        init = waiting(template.path("initContainers"));
        app = waiting(template.path("containers"));
    }

    synchronized void set(ContainerStatus status) {
        update(status.name(), _ -> status);
    }

    synchronized void update(String container, UnaryOperator<ContainerStatus> change) {
        var statuses = init.containsKey(container) ? init : app;
        statuses.put(container, change.apply(Objects.requireNonNull(statuses.get(container), container)));
    }

    synchronized void end() {
        gone = true;
    }

    synchronized ReplicaStatus read() {
        return gone
                ? ReplicaStatus.GONE
                : new ReplicaStatus(List.copyOf(init.values()), List.copyOf(app.values()), false);
    }

    private static Map<String, ContainerStatus> waiting(JsonNode containers) {
        var statuses = new LinkedHashMap<String, ContainerStatus>();
        for (var container : Json.objects(containers)) {
            var name = Json.text(container, "name");
            statuses.put(name, ContainerStatus.waiting(name, "PodInitializing"));
        }
        return statuses;
    }
}
