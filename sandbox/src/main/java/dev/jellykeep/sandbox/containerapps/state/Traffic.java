package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.List;
import java.util.Optional;

/// Users' requests from their arrival to their end, as the ingress sees them (`container-apps.md` §4 and §5.4).
///
/// A request wakes an app that sleeps, and none falls idle before its cool-down after the last one has ended. What goes
/// to a replica by another way, such as a health probe, isn't seen and keeps nothing awake.
public final class Traffic {
    private final World world;

    public Traffic(World world) {
        this.world = world;
    }

    /// Where a request may go by now.
    public sealed interface Way {
        /// Nowhere: the app is gone, stopped, without ingress, or has no revision that runs.
        record Nowhere() implements Way {}

        /// Its only revision has failed, and nothing else serves.
        record Failed() implements Way {}

        /// It waits until a replica is ready.
        record Waits() implements Way {}

        /// @param replicas those that are ready, the oldest first; at least one
        /// @param port the ingress's target port
        record To(String revision, List<String> replicas, int port) implements Way {}
    }

    /// Lets a request in.
    ///
    /// @param name the app's
    /// @param outside whether it comes from outside the environment, where internal apps can't be reached
    /// @return the app's resource id; empty where no such app can be reached
    public Optional<String> enter(String name, boolean outside) {
        var found = world.apps().stream()
                .filter(app -> app.name().equalsIgnoreCase(name))
                .filter(app -> reachable(app, outside))
                .findFirst();
        found.ifPresent(app -> app.requests(app.requests() + 1));
        return found.map(App::id);
    }

    /// Where a request that was let in may go; asked again where it has to wait.
    public Way way(String id) {
        var found = world.find(ArmPath.ofId(id));
        if (found.isEmpty() || found.get().stopped() || found.get().deleting() || !reachable(found.get(), false)) {
            return new Way.Nowhere();
        }
        var app = found.get();
        var serving = app.serving();
        if (serving.isEmpty()) {
            return first(app);
        }
        var revision = serving.get();
        revision.target(Math.max(1, revision.target()), world.now());
        var ready = revision.counting()
                .filter(replica -> replica.status().ready())
                .map(Replica::name)
                .toList();
        return ready.isEmpty() ? new Way.Waits() : new Way.To(revision.name(), ready, port(app));
    }

    /// A request has ended; whoever sent it may have left before.
    public void leave(String id) {
        world.find(ArmPath.ofId(id)).ifPresent(app -> {
            app.requests(Math.max(0, app.requests() - 1));
            app.serving().ifPresent(revision -> revision.used(world.now()));
        });
    }

    private static Way first(App app) {
        return app.newest()
                .filter(Revision::active)
                .map(revision -> revision.provisioning() ? (Way) new Way.Waits() : new Way.Failed())
                .orElseGet(Way.Nowhere::new);
    }

    private static boolean reachable(App app, boolean outside) {
        var ingress = app.configuration().path("ingress");
        return ingress.isObject() && (!outside || ingress.path("external").asBoolean(false));
    }

    private static int port(App app) {
        var port = Json.at(app.configuration(), "ingress", "targetPort").asInt(0);
        return port == 0 ? 80 : port;
    }
}
