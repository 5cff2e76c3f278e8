package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;

/// What the service says of a revision that misses its deadline.
final class Failure {
    private Failure() {}

    /// As in `container-apps.md` §1.3.
    static String text(Revision revision) {
        var wanted = Math.max(1, revision.scale().clamp(revision.target()));
        var crashing = revision.counting()
                .flatMap(replica ->
                        replica.status().all().filter(ContainerStatus::crashing).limit(1))
                .toList();
        var text = "Deployment Progress Deadline Exceeded. " + revision.ready() + "/" + wanted + " replicas ready.";
        return crashing.isEmpty()
                ? text
                : text + " The TargetPort or the containers may be at fault. " + crashing.size() + "/" + wanted
                        + " Container crashing: " + crashing.getFirst().name();
    }
}
