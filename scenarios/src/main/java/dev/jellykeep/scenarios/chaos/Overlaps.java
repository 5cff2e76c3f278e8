package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import java.util.Set;
import java.util.TreeSet;

/// Two replicas, or more, at once.
///
/// In a rollout the old one serves until the new one is ready: what it commits after it has handed over is not in the
/// head. Of two that serve for a while, what the one commits that isn't the holder at the end is not in the head. Both
/// is kept as a fork.
final class Overlaps {
    private static final int WRITES_PER_SECOND = 20;
    private static final int HOLDERS_WRITES = 10;
    /// More than the holder's, so that its branch isn't taken for the holder's.
    private static final int OTHERS_WRITES = 40;

    private final Life life;
    private final Branches branches;
    private long cost;

    Overlaps(Life life, Branches branches) {
        this.life = life;
        this.branches = branches;
    }

    /// Commits that a replica made after it had handed over, and that its successor doesn't have.
    long cost() {
        return cost;
    }

    void restart() {
        overlap(life.town()::restartRevision);
    }

    void newRevision() {
        overlap(() -> life.town().changeByTemplate("CHANGED", Integer.toString(life.nextNumber())));
    }

    /// The operator's own, by an edit of its policy.
    void edit(Rollouts rollouts) {
        overlap(rollouts::overlap);
        rollouts.settle();
    }

    void extraReplica() {
        var apps = life.town().azure().apps();
        apps.on(Quirk.EXTRA_OLD_REPLICA);
        try {
            newRevision();
        } finally {
            apps.off(Quirk.EXTRA_OLD_REPLICA);
        }
    }

    private void overlap(Runnable change) {
        var town = life.town();
        town.awaitHolder();
        var server = life.server();
        var before = Point.of(server.facts());
        var ended = new TreeSet<>(town.replicas());
        if (life.random().nextBoolean()) {
            server.writesPerSecond(WRITES_PER_SECOND);
        }
        var old = town.replicas();
        change.run();
        life.await("another replica has taken over", () -> {
            var now = town.replicas();
            ended.addAll(now);
            return now.size() == 1 && now.stream().noneMatch(old::contains);
        });
        ended.removeAll(town.replicas());
        long last = town.lastCommit(ended);
        var end = new Point(last, before.users());
        branches.ended(end);
        life.expect(expectation -> expectation.overlap(before).atMost(end));
        life.wake();
        cost += Math.max(0, last - life.expected().least().commit());
        town.awaitHolder();
    }

    /// Somebody raises `maxReplicas`, and load starts a second replica of the same revision.
    void secondReplica() {
        var town = life.town();
        life.needOperator();
        life.idle();
        allow(3);
        life.awaitSeen("Protected is False, since two replicas may run", () -> unsafe("False"));
        life.wake();
        town.awaitHolder();
        var holder = town.replicas().iterator().next();
        town.azure().apps().scale(Ids.JELLYFIN, 2);
        life.await(
                "a second replica is ready",
                () -> town.replicas().stream()
                        .filter(each -> !each.equals(holder))
                        .anyMatch(this::healthy));
        var other = town.replicas().stream()
                .filter(each -> !each.equals(holder))
                .findFirst()
                .orElseThrow(() -> new ScenarioFailure("The second replica is gone.\n" + town.evidence()));
        life.write(town.serverOf(holder), HOLDERS_WRITES);
        life.write(town.serverOf(other), OTHERS_WRITES);
        var before = Point.of(town.serverOf(holder).facts());
        long _ = town.scaleToZero();
        branches.ended(new Point(town.lastCommit(Set.of(other)), before.users()));
        long last = town.lastCommit(Set.of(holder));
        life.expect(expectation -> expectation.sealed(before.furthest(new Point(last, before.users()))));
        allow(1);
        life.awaitDone("two replicas may no longer run", () -> !unsafe("False"));
        life.wake();
    }

    private boolean healthy(String replica) {
        return life.town().azure().replica(replica, 8096).isPresent()
                && life.town()
                        .serverOf(replica)
                        .health()
                        .filter("Healthy"::equals)
                        .isPresent();
    }

    private boolean unsafe(String status) {
        return life.cluster()
                .condition("Protected")
                .filter(each -> each.status().equals(status) && each.reason().equals("MultipleReplicasAllowed"))
                .isPresent();
    }

    private void allow(int replicas) {
        life.town()
                .patchBySomebodyElse(
                        "{\"properties\": {\"template\": {\"scale\": {\"minReplicas\": 0, \"maxReplicas\": " + replicas
                                + "}}}}");
    }
}
