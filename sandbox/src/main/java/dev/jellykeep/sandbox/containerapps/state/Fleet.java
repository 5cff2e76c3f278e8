package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.rules.Profile;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Starts and stops replicas, so that each revision has as many as it wants.
final class Fleet {
    private static final Duration SHORT_GRACE = Duration.ofSeconds(60);

    private final World world;

    Fleet(World world) {
        this.world = world;
    }

    /// Looks at every replica; whether any changed or ended.
    boolean observe(App app, Instant now) {
        var changed = false;
        for (var revision : app.revisions()) {
            for (var replica : List.copyOf(revision.replicas())) {
                var status = world.host().observe(replica.name(), now);
                changed |= !status.equals(replica.status());
                replica.see(status);
                if (status.gone()) {
                    revision.replicas().remove(replica);
                    changed = true;
                }
            }
        }
        return changed;
    }

    /// Starts what is missing and stops what is too much, the newest first; whether there was anything to do.
    boolean scale(App app, Revision revision, Instant now) {
        var wanted = wanted(app, revision);
        var counting = revision.counting().toList();
        var leaving =
                (int) revision.replicas().stream().filter(Replica::drained).count();
        for (var count = counting.size() + leaving; count < wanted; count++) {
            start(app, revision, now);
        }
        for (var count = counting.size(); count > wanted; count--) {
            stop(revision, counting.get(count - 1), now);
        }
        var stopped = stopReplaced(revision, wanted, now);
        return stopped || counting.size() + leaving != wanted;
    }

    private boolean stopReplaced(Revision revision, int wanted, Instant now) {
        if (revision.ready() < wanted) {
            return false;
        }
        var replaced = revision.replicas().stream()
                .filter(replica -> replica.replaced() && !replica.stopping())
                .toList();
        replaced.forEach(replica -> stop(revision, replica, now));
        return !replaced.isEmpty();
    }

    private int wanted(App app, Revision revision) {
        if (!revision.active() || app.stopped() || app.deleting()) {
            return 0;
        }
        var wanted = revision.scale().clamp(revision.target());
        return wanted == 0 ? 0 : wanted + Lifecycle.extra(world, app, revision);
    }

    private void start(App app, Revision revision, Instant now) {
        var name = revision.name() + "-" + suffix(app, revision);
        world.host()
                .start(new ReplicaOrder(
                        app.id(),
                        revision.name(),
                        name,
                        now,
                        template(app, revision),
                        secrets(app),
                        ReplicaIdentities.of(world, app, now),
                        world.settings().timings()));
        revision.replicas().add(new Replica(name, now, world.host().observe(name, now)));
    }

    private ObjectNode template(App app, Revision revision) {
        var template = revision.template().deepCopy();
        var without = world.environment(Json.text(app.properties(), "environmentId"))
                .map(environment -> Profile.of(app.stored(), environment.stored()))
                .map(profile -> profile.consumption() && profile.hasProfiles())
                .orElse(true);
        if (!without) {
            DefaultProbes.add(template, app.configuration().path("ingress"));
        }
        return template;
    }

    void stop(Revision revision, Replica replica, Instant now) {
        replica.markStopping();
        var grace = Duration.ofSeconds(
                revision.template().path("terminationGracePeriodSeconds").asLong(30));
        var cut = world.settings().has(Quirk.GRACE_CUT_SHORT) && grace.compareTo(SHORT_GRACE) > 0;
        world.host().stop(replica.name(), now, cut ? SHORT_GRACE : grace);
    }

    // Ten characters and five, as a deployment's pods have.
    private static String suffix(App app, Revision revision) {
        var number = app.nextReplicaNumber();
        return hex(app.id() + revision.name()).substring(0, 10) + "-"
                + hex(app.id() + revision.name() + number).substring(0, 5);
    }

    private static String hex(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static Map<String, String> secrets(App app) {
        var values = new HashMap<String, String>();
        for (var secret : Json.objects(app.configuration().path("secrets"))) {
            values.put(Json.text(secret, "name"), Json.text(secret, "value"));
        }
        return values;
    }
}
