package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;

/// Finds parts of apps, or says with 404 that there are none.
final class Lookup {
    private Lookup() {}

    static Revision revision(App app, String name) {
        return app.revision(name)
                .orElseThrow(() -> ArmRefusal.of(
                        404, "RevisionNotFound", "The app '" + app.name() + "' has no revision '" + name + "'."));
    }

    static Replica replica(Revision revision, String name) {
        return revision.replicas().stream()
                .filter(replica -> replica.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> ArmRefusal.of(
                        404,
                        "ReplicaNotFound",
                        "The revision '" + revision.name() + "' has no replica '" + name + "'."));
    }
}
