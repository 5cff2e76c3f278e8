package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.arm.ContainerAppsApi;
import dev.jellykeep.operator.arm.Environment;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.desired.EnvironmentFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads of ARM beside the app itself.
final class Looks {
    /// An environment's profiles hardly ever change.
    private static final Duration FRESH = Duration.ofHours(6);

    private final ContainerAppsApi arm;
    private final InstantSource clock;
    private final Map<String, Known> environments = new ConcurrentHashMap<>();

    Looks(ContainerAppsApi arm, InstantSource clock) {
        this.arm = arm;
        this.clock = clock;
    }

    private record Known(Instant at, EnvironmentFacts facts) {}

    /// Null where the app names none, or it isn't there.
    @Nullable
    EnvironmentFacts environment(JsonNode app) {
        JsonNode properties = app.path("properties");
        String id = properties
                .path("environmentId")
                .asText(properties.path("managedEnvironmentId").asText());
        if (id.isEmpty()) {
            return null;
        }
        Known known = environments.get(id);
        if (known == null || Duration.between(known.at(), clock.instant()).compareTo(FRESH) > 0) {
            if (!(arm.environment(id) instanceof Reading.Found<Environment>(Environment found))) {
                return null;
            }
            known = new Known(
                    clock.instant(),
                    new EnvironmentFacts(found.workloadProfiles().stream()
                            .map(each -> new EnvironmentFacts.Profile(each.name(), each.type()))
                            .toList()));
            environments.put(id, known);
        }
        return known.facts();
    }

    /// All that exists: a deactivated revision's replicas end only after their grace period.
    Running running(AppResourceId app) {
        List<Revision> revisions =
                arm.revisions(app) instanceof Reading.Found<List<Revision>>(List<Revision> found) ? found : List.of();
        Map<String, List<Replica>> replicas = new HashMap<>();
        for (Revision revision : revisions) {
            // one that has just gone is left out: what could not be listed doesn't count as idle
            if ((revision.active() || revision.replicas() > 0)
                    && arm.replicas(app, revision.name()) instanceof Reading.Found<List<Replica>>(List<Replica> each)) {
                replicas.put(revision.name(), each);
            }
        }
        return new Running(revisions, replicas);
    }
}
