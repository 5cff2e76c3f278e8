package dev.jellykeep.sandbox.containerapps.state;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/// What users and the platform do to an app, beside its API. Apps are named by name, or by resource id.
public final class Demand {
    private final World world;

    public Demand(World world) {
        this.world = world;
    }

    /// How a user's request to an app fared.
    ///
    /// @param revision the one that serves; empty for none
    /// @param ready its replicas that can answer; with 0 the request wakes one, and waits
    public record Answer(String revision, long ready) {}

    /// A user's request: it wakes an app that sleeps, and keeps one awake.
    ///
    /// @throws IllegalStateException for an app without ingress, which can't be reached
    public Answer request(String appName) {
        var app = app(appName);
        if (!app.configuration().path("ingress").isObject()) {
            throw new IllegalStateException(
                    "The app " + app.name() + " has no ingress: give it one, or scale it instead.");
        }
        var serving = app.serving();
        if (app.stopped() || serving.isEmpty()) {
            return new Answer("", 0);
        }
        var revision = serving.get();
        revision.target(Math.max(1, revision.target()), world.now());
        return new Answer(revision.name(), revision.ready());
    }

    /// Has the revision that serves run so many replicas, within its bounds, until it falls idle.
    public void scale(String appName, int replicas) {
        var app = app(appName);
        var revision = app.serving()
                .orElseThrow(() -> new IllegalStateException(
                        "The app " + app.name() + " has no revision that serves: start one."));
        revision.target(replicas, world.now());
    }

    /// Lets an app fall idle now, as if its cool-down had passed since the last request.
    public void idle(String appName) {
        var app = app(appName);
        app.revisions().stream()
                .filter(Revision::active)
                .forEach(revision -> revision.target(revision.scale().least(), world.now()));
    }

    /// Ends a replica at once, as for want of disk.
    public void evict(String replicaName) {
        find(replicaName, (_, replica) -> {
            replica.markStopping();
            world.host().stop(replicaName, world.now(), Duration.ZERO);
        });
    }

    /// Ends all of an app's replicas at once, and leaves it asleep.
    public void endAll(String appName) {
        idle(appName);
        for (var revision : app(appName).revisions()) {
            for (var replica : revision.replicas()) {
                replica.markStopping();
                world.host().stop(replica.name(), world.now(), Duration.ZERO);
            }
        }
    }

    /// Takes a replica's node away in good order: it is told to stop, and only when it is gone another one starts.
    public void drain(String replicaName) {
        find(replicaName, (revision, replica) -> {
            replica.markDrained();
            new Fleet(world).stop(revision, replica, world.now());
        });
    }

    private void find(String replicaName, BiConsumer<Revision, Replica> use) {
        for (var app : world.apps()) {
            for (var revision : app.revisions()) {
                for (var replica : revision.replicas()) {
                    if (replica.name().equals(replicaName)) {
                        use.accept(revision, replica);
                        return;
                    }
                }
            }
        }
        throw new IllegalStateException("There is no replica " + replicaName + ": look at the state for their names.");
    }

    /// Ends every replica at once.
    public void endAll() {
        world.apps().stream()
                .flatMap(app -> app.revisions().stream())
                .flatMap(revision -> revision.replicas().stream())
                .forEach(replica -> world.host().stop(replica.name(), world.now(), Duration.ZERO));
    }

    /// Ends an operation that is stuck, as support does.
    public void unstick(String appName) {
        var app = app(appName);
        var operation = app.operation();
        if (operation != null && operation.running()) {
            operation.fail("ContainerAppOperationError", "The operation was ended by support.", world.now());
            app.failed(true);
        }
    }

    private App app(String name) {
        var wanted = name.toLowerCase(Locale.ROOT);
        var found = world.apps().stream()
                .filter(app -> app.name().equals(wanted) || app.path().key(0).equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("There is no app '" + name + "': create it first.");
        }
        if (found.size() > 1) {
            throw new IllegalStateException("There are " + found.size() + " apps called '" + name + "': give one of "
                    + found.stream().map(App::id).toList() + ".");
        }
        return found.getFirst();
    }
}
