package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What becomes of revisions by the passing of time (`container-apps.md` §4 and §5.4).
final class Lifecycle {
    private final World world;
    private final Fleet fleet;

    Lifecycle(World world) {
        this.world = world;
        this.fleet = new Fleet(world);
    }

    /// Does what is due; whether anything changed.
    boolean settle(App app, Instant now) {
        var changed = fleet.observe(app, now);
        for (var revision : List.copyOf(app.revisions())) {
            changed |= endOverlap(revision, now);
            changed |= fallIdle(app, revision, now);
            changed |= fleet.scale(app, revision, now);
            changed |= progress(app, revision, now);
        }
        changed |= Operations.settle(world, app, now);
        changed |= purge(app);
        return changed;
    }

    /// Times at which something may become due.
    Stream<Instant> due(App app, Instant now) {
        var ofRevisions = app.revisions().stream()
                .flatMap(revision -> Stream.concat(
                        Stream.of(
                                        revision.deactivateAt(),
                                        revision.provisioning() ? revision.deadline() : null,
                                        canFallIdle(app, revision) ? revision.idleAt() : null)
                                .filter(Objects::nonNull),
                        revision.replicas().stream()
                                .flatMap(replica -> world.host().nextChange(replica.name(), now).stream())));
        return Stream.concat(ofRevisions, Operations.due(app).stream());
    }

    private static boolean endOverlap(Revision revision, Instant now) {
        var at = revision.deactivateAt();
        if (at == null || now.isBefore(at)) {
            return false;
        }
        revision.deactivate();
        return true;
    }

    private static boolean fallIdle(App app, Revision revision, Instant now) {
        if (!canFallIdle(app, revision) || now.isBefore(revision.idleAt())) {
            return false;
        }
        revision.target(revision.scale().least(), now);
        return true;
    }

    private static boolean canFallIdle(App app, Revision revision) {
        return app.requests() == 0
                && revision.active()
                && revision.progress() == Revision.Progress.PROVISIONED
                && revision.target() > revision.scale().least();
    }

    private boolean progress(App app, Revision revision, Instant now) {
        if (!revision.provisioning() || app.stopped()) {
            return false;
        }
        if (revision.ready() >= revision.scale().clamp(revision.target())) {
            ready(app, revision, now);
            return true;
        }
        if (!now.isBefore(revision.deadline())) {
            revision.fail(Failure.text(revision));
            return true;
        }
        return false;
    }

    /// The new one is ready: in Single mode the others go, after the overlap.
    private void ready(App app, Revision revision, Instant now) {
        revision.provisioned(now);
        app.latestReady(revision.name());
        if (app.single()) {
            app.revisions().stream()
                    .filter(other -> other.active() && other != revision)
                    .forEach(other -> other.deactivateAt(
                            now.plus(world.settings().timings().of(Span.OVERLAP))));
        }
    }

    /// The oldest of too many inactive revisions are forgotten.
    private static boolean purge(App app) {
        var most = app.configuration().path("maxInactiveRevisions").asInt(100);
        var inactive = app.revisions().stream()
                .filter(revision -> !revision.active() && revision.replicas().isEmpty())
                .toList();
        return inactive.size() > most && app.revisions().removeAll(inactive.subList(0, inactive.size() - most));
    }

    /// Whether the app is between two revisions, as some quirks need it.
    static boolean rolling(App app) {
        return app.newest().map(Revision::provisioning).orElse(false);
    }

    /// How many more replicas than wanted a quirk makes.
    static int extra(World world, App app, Revision revision) {
        if (!rolling(app) || app.revisions().size() < 2) {
            return 0;
        }
        var newest = app.newest().filter(revision::equals).isPresent();
        var serving = app.serving().filter(revision::equals).isPresent();
        var extraNew = newest && world.settings().has(Quirk.EXTRA_NEW_REPLICA);
        var extraOld = serving && !newest && world.settings().has(Quirk.EXTRA_OLD_REPLICA);
        return extraNew || extraOld ? 1 : 0;
    }
}
