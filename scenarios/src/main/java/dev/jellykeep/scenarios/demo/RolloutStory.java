package dev.jellykeep.scenarios.demo;

import static dev.jellykeep.scenarios.demo.Login.require;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Tale;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The same edit of a policy under a server that is in use, by each strategy: what its users notice, and what of theirs
/// isn't in the server that comes after.
final class RolloutStory implements Tale {
    private static final int WRITES_PER_SECOND = 20;
    private static final int USERS = 3;
    private static final Duration BOUND = Town.BOUND;

    private final Narrator narrator;
    private final Town town;
    private final Cluster cluster;
    private final List<Integer> startUps;
    private int edits;

    /// @param startUps seconds that Jellyfin takes to start, of each overlap
    RolloutStory(Narrator narrator, Town town, Cluster cluster, List<Integer> startUps) {
        this.narrator = narrator;
        this.town = town;
        this.cluster = cluster;
        this.startUps = startUps;
    }

    @Override
    public void tell() throws IOException {
        narrator.say("A server in use: play positions change %d times a second".formatted(WRITES_PER_SECOND));
        narrator.step(this::begin);
        narrator.say("Its policy is edited");
        narrator.step(this::whenIdle);
        narrator.step(this::recreate);
        for (int seconds : startUps) {
            narrator.step(() -> overlap(seconds));
        }
    }

    private String begin() {
        // while Jellyfin starts, its /health answers 200 as well, and users would get its starting page
        town.deploy(AppTemplate.official().withStandIn(standIn(1)).withReadiness("/web/"));
        town.assignRoles();
        long _ = town.scaleToZero();
        cluster.applyScope();
        edit("WhenIdle");
        cluster.await("Injected", "UpToDate");
        var server = town.server();
        server.completeWizard("admin");
        server.createUser("user-2");
        server.createUser("user-3");
        server.growLibrary(2);
        Await.until(
                "the first archive is there",
                BOUND,
                town::evidence,
                () -> !town.owner().archives().isEmpty());
        cluster.awaitStatus("Protected", "True", BOUND);
        return "injected, set up, backed up";
    }

    private String whenIdle() {
        town.server().writesPerSecond(WRITES_PER_SECOND);
        var serving = town.replicas();
        edit("WhenIdle");
        cluster.await("Ready", "WaitingForIdle");
        require(town.replicas().equals(serving), "WhenIdle has touched a server in use.");
        long last = town.idle();
        cluster.await("Injected", "UpToDate", BOUND);
        long back = Login.require(town, USERS).lastCommitted();
        require(back == last, "The server ended with commit %d, and came back with %d.".formatted(last, back));
        return "WhenIdle: waits until nobody is there; commit %d, and back with it: nothing lost".formatted(last);
    }

    private String recreate() {
        town.awaitHolder();
        town.server().writesPerSecond(WRITES_PER_SECOND);
        var serving = town.replicas();
        edit("Recreate");
        awaitGone(serving);
        long last = town.lastCommit(serving);
        cluster.await("Injected", "UpToDate", BOUND);
        long back = Login.require(town, USERS).lastCommitted();
        require(back == last, "The server ended with commit %d, and came back with %d.".formatted(last, back));
        long _ = town.idle();
        return "Recreate: users wait for a start; ended with commit %d, and back with it: nothing lost".formatted(last);
    }

    private String overlap(int seconds) {
        town.changeByTemplate("STANDIN_OPTIONS", standIn(seconds));
        var _ = Login.require(town, USERS);
        town.awaitHolder();
        town.server().writesPerSecond(WRITES_PER_SECOND);
        var serving = town.replicas();
        edit("Overlap");
        awaitGone(serving);
        long last = town.lastCommit(serving);
        long back = Login.require(town, USERS).lastCommitted();
        saveWhatIsNew(back);
        var kept = town.owner().forks().findValuesAsText("name").stream()
                .map(town.owner()::held)
                .map(StandInFacts::lastCommitted)
                .toList();
        require(
                back == last || kept.contains(last),
                "The server ended with commit %d; the head has %d, and the forks %s.".formatted(last, back, kept));
        return "Overlap, a start-up of %d s: users notice nothing; %d commits (%.0f s of them) are not in the head, and in a fork"
                .formatted(seconds, last - back, (double) (last - back) / WRITES_PER_SECOND);
    }

    /// Until the new server has something of its own to save, the old one's last backup is the head.
    private void saveWhatIsNew(long back) {
        var server = town.server();
        server.writesPerSecond(WRITES_PER_SECOND);
        Await.until(
                "the new server has written",
                BOUND,
                town::evidence,
                () -> server.facts().lastCommitted() > back);
        server.writesPerSecond(0);
        long _ = town.idle();
    }

    private void awaitGone(Set<String> serving) {
        Await.until(
                "the replica is gone",
                BOUND.plusSeconds(120),
                () -> cluster.evidence() + town.evidence(),
                () -> town.replicas().stream().noneMatch(serving::contains));
    }

    /// A longer interval each time, so that there is always something to send.
    private void edit(String strategy) {
        edits++;
        cluster.apply(new Policy(
                "",
                List.of(
                        "initialDelay: 5s",
                        "interval: " + (10 + edits) + "m",
                        "drift: {checkInterval: 1m}",
                        "rollout: {strategy: " + strategy + "}")));
    }

    private static String standIn(int startUp) {
        return "--writes-per-second 0 --startup-seconds " + startUp;
    }
}
