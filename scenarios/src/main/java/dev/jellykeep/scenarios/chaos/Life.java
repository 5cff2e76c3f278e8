package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.standin.StandInClient;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Town;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// One server's life in a home, move by move; after each the server must be what it may be. What moves have in common
/// is here; they themselves are in classes of their own.
final class Life {
    static final AppTemplate TEMPLATE = AppTemplate.official().withStandIn("--writes-per-second 0");

    private static final int WRITES_PER_SECOND = 50;
    private static final int WRITES = 30;
    /// Polls between two checks that are asked for.
    private static final int LOOK_EVERY = 20;

    private final Home home;
    private final SplittableRandom random;
    private final Crashes crashes = new Crashes(this);
    private final Outages outages = new Outages(this);
    private final Branches branches;
    private final Overlaps overlaps;
    private final Interventions interventions = new Interventions(this);
    private final Rollouts rollouts = new Rollouts(this);
    private Expectation expected = Expectation.BEGIN;
    private int names = 1;

    Life(Home home, long seed) {
        this.home = home;
        this.random = new SplittableRandom(seed);
        this.branches = new Branches(home.town());
        this.overlaps = new Overlaps(this, branches);
    }

    /// The policy that looks after it.
    ///
    /// @param minutes its interval
    static Policy policy(int minutes) {
        return Policy.hurriedEvery(minutes).with("drift: {checkInterval: 1m, correctionBudget: {max: 100}}");
    }

    Town town() {
        return home.town();
    }

    Cluster cluster() {
        return home.cluster();
    }

    SplittableRandom random() {
        return random;
    }

    /// Commits that a replica made after it had handed over, and that its successor doesn't have.
    long overlapCost() {
        return overlaps.cost();
    }

    /// A new app with an empty container, set up, and saved once as it runs.
    void begin(String container) {
        needOperator();
        cluster().forget();
        town().endReplicas();
        town().use(container);
        town().deploy(TEMPLATE);
        town().assignRoles();
        town().endReplicas();
        cluster().applyScope();
        cluster().apply(policy(1));
        cluster().await("Injected", "UpToDate", Town.BOUND);
        var server = town().server();
        server.completeWizard("admin");
        var born = Point.of(server.facts());
        server.growLibrary(1);
        town().awaitHolder();
        await("there is a backup", () -> town().console("jellykeep-agent").contains("backup is the head"));
        expected = expected.seen(born).saved(born).atMost(Point.of(server.facts()));
    }

    /// Does one move, and looks whether the server is what it may be.
    ///
    /// @throws ScenarioFailure if it isn't
    void take(Move move) {
        switch (move) {
            case WRITE -> write(server());
            case NEW_USER -> newUser();
            case IDLE -> {
                idle();
                wake();
            }
            case KILL_SERVER -> crashes.server();
            case KILL_AGENT -> crashes.agent();
            case KILL_BOTH -> crashes.both();
            case LOSE_NODE -> crashes.loseNode();
            case DRAIN_NODE -> crashes.drainNode();
            case STORAGE_AWAY -> outages.runWithoutStorage();
            case STORAGE_DOWN -> outages.startWithoutStorage();
            case ROLE_AWAY -> outages.runWithoutRole();
            case ROLE_MISSING -> outages.startWithoutRole();
            case PLANT -> interventions.plant();
            case RESTART_REVISION -> overlaps.restart();
            case NEW_REVISION -> overlaps.newRevision();
            case EXTRA_REPLICA -> overlaps.extraReplica();
            case SECOND_REPLICA -> overlaps.secondReplica();
            case EDIT_WHEN_IDLE -> rollouts.whenIdle();
            case EDIT_RECREATE -> rollouts.recreate();
            case EDIT_OVERLAP -> {
                needOperator();
                overlaps.edit(rollouts);
            }
            case REQUEST -> interventions.requestBackup();
            case KILL_OPERATOR -> interventions.killOperator();
            case DROP_INJECTION -> interventions.dropInjection();
        }
        var now = server().facts();
        expect(expectation -> expectation.atMost(Point.of(now)));
        require(now);
        expect(expectation -> expectation.seen(Point.of(now)));
    }

    /// Ends it cleanly, and looks a last time; its head is verified, and its forks are looked through.
    void end() {
        idle();
        var verified = CompletableFuture.supplyAsync(() -> town().owner().run("verify"), Thread::startVirtualThread);
        wake();
        if (verified.join().exitCode() != 0) {
            throw new ScenarioFailure(
                    "The head is no good archive:\n" + verified.join().text());
        }
        branches.require(expected.least());
    }

    StandInClient server() {
        return town().server();
    }

    void needOperator() {
        home.needOperator();
    }

    /// What the server may be from now on.
    void expect(UnaryOperator<Expectation> next) {
        expected = next.apply(expected);
    }

    Expectation expected() {
        return expected;
    }

    void require(StandInFacts facts) {
        expected.wrong(facts).ifPresent(why -> {
            throw new ScenarioFailure(why);
        });
    }

    void await(String what, BooleanSupplier holds) {
        Await.until(what, Town.BOUND, town()::evidence, holds);
    }

    /// Waits until the operator has seen something, by one check.
    void awaitSeen(String what, BooleanSupplier holds) {
        cluster().look();
        Await.until(what, Town.BOUND, this::evidence, holds);
    }

    /// Waits until the operator has done something, which may take it several checks.
    void awaitDone(String what, BooleanSupplier holds) {
        var looked = new AtomicLong();
        Await.until(what, Town.BOUND, this::evidence, () -> {
            if (looked.getAndIncrement() % LOOK_EVERY == 0) {
                cluster().look();
            }
            return holds.getAsBoolean();
        });
    }

    ScenarioFailure failure(String sentence) {
        return new ScenarioFailure(sentence + "\n" + evidence());
    }

    private String evidence() {
        return cluster().evidence() + "\n" + town().evidence();
    }

    void newUser() {
        server().createUser("user-" + nextNumber());
    }

    int nextNumber() {
        return ++names;
    }

    /// A server commits for a moment.
    void write(StandInClient server) {
        write(server, WRITES);
    }

    void write(StandInClient server, int commits) {
        long before = server.facts().lastCommitted();
        server.writesPerSecond(WRITES_PER_SECOND);
        await("the server writes", () -> server.facts().lastCommitted() >= before + commits);
        server.writesPerSecond(0);
    }

    /// The app goes to zero replicas in good order.
    void idle() {
        var before = Point.of(server().facts());
        long last = town().idle();
        expect(expectation -> expectation.sealed(before.furthest(new Point(last, before.users()))));
    }

    /// A request, and thereby a cold start, or another replica that has started already.
    void wake() {
        var facts = server().facts();
        require(facts);
        expect(expectation -> expectation.restored(Point.of(facts)));
    }
}
