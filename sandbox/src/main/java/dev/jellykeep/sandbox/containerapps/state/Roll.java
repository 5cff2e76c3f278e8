package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus.RunningState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Who runs, for whoever asks again and again. Apps are named by name, or by resource id; of one that isn't there
/// nobody
/// does.
public final class Roll {
    private final World world;

    public Roll(World world) {
        this.world = world;
    }

    /// The names of an app's revisions and the replicas that each has, in the order of their creation.
    public Map<String, List<String>> replicas(String app) {
        var result = new LinkedHashMap<String, List<String>>();
        revisions(app)
                .forEach(revision -> result.put(
                        revision.name(),
                        revision.replicas().stream().map(Replica::name).toList()));
        return result;
    }

    /// How often a container has been started in the replicas that there are.
    public long starts(String app, String container) {
        return revisions(app)
                .flatMap(revision -> revision.replicas().stream())
                .flatMap(replica -> replica.status().all())
                .filter(status -> status.name().equals(container))
                .mapToLong(Roll::starts)
                .sum();
    }

    private Stream<Revision> revisions(String app) {
        return world.apps().stream()
                .filter(each -> each.name().equalsIgnoreCase(app) || each.id().equalsIgnoreCase(app))
                .flatMap(each -> each.revisions().stream());
    }

    // Restarts are counted when the run before ends.
    private static long starts(ContainerStatus status) {
        return status.state() == RunningState.WAITING ? status.restartCount() : status.restartCount() + 1L;
    }
}
