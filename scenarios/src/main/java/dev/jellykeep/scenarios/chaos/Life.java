package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.standin.StandInClient;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Town;
import java.util.List;
import java.util.Random;

/// One server's life in a town, move by move; after each the server must be what it may be.
final class Life {
    private static final int WRITES_PER_SECOND = 50;
    private static final int WRITES = 30;

    private final Town town;
    private final Random random;
    private Expectation expected = Expectation.BEGIN;
    private int names = 1;
    private long overlapCost;

    Life(Town town, long seed) {
        this.town = town;
        this.random = new Random(seed);
    }

    /// Commits that a replica made after it had handed over, and that its successor doesn't have.
    long overlapCost() {
        return overlapCost;
    }

    /// A new app with an empty container, set up and saved once.
    void begin(String container) {
        town.use(container);
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        town.assignRoles();
        long _ = town.scaleToZero();
        town.protect(Policy.hurried());
        var server = town.server();
        server.completeWizard("admin");
        server.growLibrary(1);
        expected = expected.seen(Point.of(server.facts()));
        idle();
        wake();
    }

    /// Does one move, and looks whether the server is what it may be.
    ///
    /// @throws ScenarioFailure if it isn't
    void take(Move move) {
        switch (move) {
            case WRITE -> write();
            case NEW_USER -> town.server().createUser("user-" + ++names);
            case IDLE -> {
                idle();
                wake();
            }
            case KILL_SERVER -> killServer();
            case KILL_AGENT -> killAgent();
            case LOSE_NODE -> loseNode();
            case DRAIN_NODE -> drainNode();
            case STORAGE_AWAY -> runWithoutStorage();
            case STORAGE_DOWN -> startWithoutStorage();
            case PLANT -> town.plant("backup-2099123123595" + random.nextInt(10) + ".tar.gz", rubbish());
            case RESTART_REVISION -> overlap(town::restartRevision);
            case NEW_REVISION -> overlap(() -> town.changeByTemplate("CHANGED", Integer.toString(++names)));
        }
        var now = town.server().facts();
        expected = expected.atMost(Point.of(now));
        require(now);
        expected = expected.seen(Point.of(now));
    }

    /// Ends it cleanly, and looks a last time; its head is verified.
    void end() {
        idle();
        wake();
        var verified = town.owner().run("verify");
        if (verified.exitCode() != 0) {
            throw new ScenarioFailure("The head is no good archive:\n" + verified.text());
        }
    }

    private void require(StandInFacts facts) {
        expected.wrong(facts).ifPresent(why -> {
            throw new ScenarioFailure(why);
        });
    }

    private void write() {
        var server = town.server();
        long before = server.facts().lastCommitted();
        server.writesPerSecond(WRITES_PER_SECOND);
        Await.until(
                "the server writes",
                Town.BOUND,
                town::evidence,
                () -> server.facts().lastCommitted() >= before + WRITES);
        server.writesPerSecond(0);
    }

    private void idle() {
        var before = Point.of(town.server().facts());
        long last = town.idle();
        expected = expected.sealed(before.furthest(new Point(last, before.users())));
    }

    // A request, and thereby a cold start.
    private void wake() {
        var facts = town.server().facts();
        require(facts);
        expected = expected.restored(Point.of(facts));
    }

    private void killServer() {
        var server = town.server();
        var before = town.starts("jellyfin");
        town.crash("jellyfin");
        Await.until(
                "the server is back",
                Town.BOUND,
                town::evidence,
                () -> town.starts("jellyfin") > before && server.status("GET", "/health", "") == 200);
    }

    private void killAgent() {
        var before = town.starts("jellykeep-agent");
        town.crash("jellykeep-agent");
        Await.until("the agent is back", Town.BOUND, town::evidence, () -> town.starts("jellykeep-agent") > before);
        town.awaitHolder();
    }

    private void loseNode() {
        var old = town.replicas();
        town.loseNode();
        Await.until(
                "the replica is gone",
                Town.BOUND,
                town::evidence,
                () -> town.replicas().stream().noneMatch(old::contains));
        expected = expected.lost();
        wake();
        town.awaitHolder();
    }

    private void drainNode() {
        var before = Point.of(town.server().facts());
        town.awaitHolder();
        long last = town.drainNode();
        expected = expected.sealed(before.furthest(new Point(last, before.users())));
        wake();
        town.awaitHolder();
    }

    private void runWithoutStorage() {
        var kinds = List.of(Outage.REFUSED, Outage.BUSY, Outage.HANGING);
        town.azure().storage().outage(kinds.get(random.nextInt(kinds.size())));
        try {
            write();
        } finally {
            town.azure().storage().outage(Outage.NONE);
        }
    }

    private void startWithoutStorage() {
        idle();
        town.azure().storage().outage(Outage.REFUSED);
        try {
            var visit = town.visit(StandInClient::facts);
            Await.until(
                    "restore has failed once",
                    Town.BOUND,
                    town::evidence,
                    () -> town.console("jellykeep-restore").contains("no connection"));
            if (visit.isDone()) {
                throw new ScenarioFailure("The server started although nothing could be restored.");
            }
            town.azure().storage().outage(Outage.NONE);
            visit.join();
        } finally {
            town.azure().storage().outage(Outage.NONE);
        }
        wake();
    }

    private void overlap(Runnable change) {
        town.awaitHolder();
        var before = Point.of(town.server().facts());
        var old = town.replicas();
        change.run();
        Await.until("another replica has taken over", Town.BOUND, town::evidence, () -> {
            var now = town.replicas();
            return !now.isEmpty() && now.stream().noneMatch(old::contains);
        });
        long last = town.lastCommit(old);
        expected = expected.overlap(before).atMost(new Point(last, before.users()));
        wake();
        overlapCost += Math.max(0, last - expected.least().commit());
        town.awaitHolder();
    }

    private byte[] rubbish() {
        var bytes = new byte[1 + random.nextInt(4096)];
        random.nextBytes(bytes);
        return bytes;
    }
}
