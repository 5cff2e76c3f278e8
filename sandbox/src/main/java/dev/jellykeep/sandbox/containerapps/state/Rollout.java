package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.rules.Names;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;

/// Begins new revisions.
final class Rollout {
    private final World world;

    Rollout(World world) {
        this.world = world;
    }

    /// Whether a suffix that a changed template asks for is a revision's already, where that isn't refused.
    ///
    /// @throws ArmRefusal where it is, or for a suffix that may not be
    boolean taken(App app, String suffix) {
        if (suffix.isEmpty()) {
            return false;
        }
        Names.suffix(app.name(), suffix);
        var taken = app.revision(app.name() + "--" + suffix).isPresent();
        if (taken && world.settings().has(Quirk.SUFFIX_CONFLICT)) {
            throw ArmRefusal.field(
                    "template.revisionsuffix", "Invalid value: revision with suffix '" + suffix + "' already exists.");
        }
        return taken;
    }

    /// Begins a revision of the app's template, with as many replicas as the one before has; a new app's with at least
    /// one.
    Revision begin(App app) {
        var suffix = Json.text(app.template(), "revisionSuffix");
        if (!suffix.isEmpty()) {
            Names.suffix(app.name(), suffix);
        }
        var number = "%07d".formatted(app.nextRevisionNumber());
        var name = app.name() + "--" + (suffix.isEmpty() ? number : suffix);
        var serving = app.serving()
                .or(() -> app.newest().filter(Revision::active))
                .map(revision -> (int) revision.counting().count())
                .orElse(0);
        var first = app.revisions().isEmpty() || world.settings().has(Quirk.REPLICA_ON_EVERY_ROLLOUT);
        var revision = new Revision(
                name,
                suffix,
                Template.withDefaults(app.template()),
                first ? Math.max(1, serving) : serving,
                world.now(),
                world.settings().timings().of(Span.PROGRESS_DEADLINE));
        app.revisions().add(revision);
        return revision;
    }
}
