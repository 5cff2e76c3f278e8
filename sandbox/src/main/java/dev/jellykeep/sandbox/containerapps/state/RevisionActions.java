package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;

/// What can be done to one revision; done at once, as the service answers it (`container-apps.md` §3.1, §4).
public final class RevisionActions {
    private final World world;

    public RevisionActions(World world) {
        this.world = world;
    }

    /// Activates a revision; in Single mode it takes over once it is ready.
    ///
    /// @throws ArmRefusal if there is none such, or the app is busy
    public void activate(ArmPath path) {
        var app = free(path);
        var revision = Lookup.revision(app, path.name(1));
        if (!revision.active()) {
            revision.activate(
                    Math.max(1, revision.scale().least()),
                    world.now(),
                    world.settings().timings().of(Span.PROGRESS_DEADLINE));
        }
    }

    /// Deactivates a revision: its replicas are told to stop.
    ///
    /// @throws ArmRefusal if there is none such, or the app is busy
    public void deactivate(ArmPath path) {
        var app = free(path);
        var revision = Lookup.revision(app, path.name(1));
        var newest = app.newest().filter(revision::equals).isPresent();
        revision.deactivate();
        if (newest && world.settings().has(Quirk.DEACTIVATING_NEWEST_STOPS_ALL)) {
            app.revisions().forEach(Revision::deactivate);
        }
        var operation = app.operation();
        if (operation != null && operation.running() && revision.equals(operation.revision())) {
            operation.end(Operation.Status.CANCELED, world.now());
        }
    }

    /// Has new replicas take the place of a revision's: they start, and then the old ones stop.
    ///
    /// @throws ArmRefusal if there is none such, it isn't active, or the app is busy
    public void restart(ArmPath path) {
        var app = free(path);
        var revision = Lookup.revision(app, path.name(1));
        if (!revision.active()) {
            throw ArmRefusal.of(
                    400,
                    "ContainerAppRevisionInactive",
                    "The revision '" + revision.name() + "' is inactive and can't be restarted: activate it.");
        }
        revision.counting().forEach(Replica::markReplaced);
    }

    private App free(ArmPath path) {
        var app = world.get(path);
        Operations.free(world, app, Quirk.BUSY_REVISION_ACTIONS);
        return app;
    }
}
