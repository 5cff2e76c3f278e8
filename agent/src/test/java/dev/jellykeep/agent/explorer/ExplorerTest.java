package dev.jellykeep.agent.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.backup.Saver;
import dev.jellykeep.agent.explorer.Budget.Fault;
import dev.jellykeep.agent.explorer.Scenario.Start;
import dev.jellykeep.agent.explorer.Scenario.Trait;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.prune.Pruner;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Model checking of the agent's own code. `-Dexplorer.states=N` sets how many states of each scenario are looked at,
/// `-Dexplorer.liveness=N` that one of N is followed to its future, `-Dexplorer.walks=N` how many random ways are gone,
/// `-Dexplorer.only=TEXT` which scenarios.
class ExplorerTest {
    private static final int STATES = Integer.getInteger("explorer.states", 5_000);
    private static final int PREEMPTIONS = Integer.getInteger("explorer.preemptions", 1);
    private static final long SEED = Long.getLong("seed", 0);
    private static final int LIVENESS = Integer.getInteger("explorer.liveness", 50);
    private static final int WALKS = Integer.getInteger("explorer.walks", 10);
    private static final String ONLY = System.getProperty("explorer.only", "");

    private static final Budget ZERO = Budget.NONE.and(Fault.ZERO);

    private static Scenario scenario(String name, int replicas, int writes, Budget budget) {
        return Scenario.running(name, replicas, writes, budget);
    }

    private static final List<Scenario> ENDS = List.of(
            scenario("scale to zero", 2, 2, ZERO.and(Fault.ZERO).and(Fault.LOST))
                    .with(Trait.LATE_WRITES),
            scenario("scale to zero, restarts", 2, 1, ZERO.and(Fault.ZERO).and(Fault.RESTART)),
            scenario(
                    "killed in grace",
                    2,
                    2,
                    ZERO.and(Fault.ZERO).and(Fault.KILL).and(Fault.LOST)),
            scenario(
                    "killed in grace, restarts",
                    2,
                    2,
                    ZERO.and(Fault.ZERO).and(Fault.KILL).and(Fault.LOST).and(Fault.RESTART)),
            scenario(
                    "late writes of the dead",
                    2,
                    2,
                    ZERO.and(Fault.ZERO).and(Fault.KILL).and(Fault.DELAY)),
            scenario("crash", 3, 2, ZERO.and(Fault.KILL).and(Fault.LOST)).with(Trait.EARLY),
            scenario("crashes", 3, 2, ZERO.and(Fault.KILL, 2).and(Fault.RESTART))
                    .with(Trait.EARLY),
            scenario("told to stop at once, unreadable", 1, 1, ZERO.and(Fault.UNREAD))
                    .from(Start.SEALED, 1),
            scenario("unreadable at times", 2, 1, ZERO.and(Fault.ZERO).and(Fault.UNREAD, 2)),
            scenario("an app that stays", 2, 2, ZERO.and(Fault.ZERO).and(Fault.APP_STAYS))
                    .with(Trait.LATE_WRITES));

    private static final List<Scenario> OVERLAPS = List.of(
            scenario("overlap", 2, 2, ZERO).rollout(1).with(Trait.SUCCEEDS),
            scenario("overlap, then a cold start", 3, 1, ZERO).rollout(1).with(Trait.SUCCEEDS),
            scenario("overlap, a lost reply", 2, 1, ZERO.and(Fault.LOST))
                    .rollout(1)
                    .with(Trait.SUCCEEDS),
            scenario("overlap, a crash", 3, 1, ZERO.and(Fault.KILL)).rollout(1).with(Trait.SUCCEEDS),
            scenario(
                            "overlap, a crash and a restart",
                            3,
                            2,
                            ZERO.and(Fault.KILL).and(Fault.RESTART))
                    .rollout(1)
                    .with(Trait.SUCCEEDS),
            scenario("overlap, restarts", 2, 1, ZERO.and(Fault.RESTART))
                    .rollout(1)
                    .with(Trait.SUCCEEDS),
            scenario("overlap, a delayed write", 2, 1, ZERO.and(Fault.DELAY))
                    .rollout(1)
                    .with(Trait.SUCCEEDS),
            scenario("overlap, old reads", 2, 1, ZERO.and(Fault.OLD_READ))
                    .rollout(1)
                    .with(Trait.SUCCEEDS),
            scenario("cut off", 3, 1, ZERO.and(Fault.STALE)).rollout(1).with(Trait.SUCCEEDS, Trait.BLURRED),
            scenario("early replacement", 3, 1, ZERO.and(Fault.ZERO).and(Fault.LOST))
                    .with(Trait.EARLY),
            scenario("no timing", 3, 1, ZERO.and(Fault.ZERO).and(Fault.KILL))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.EARLY, Trait.NO_TIMING, Trait.BLURRED),
            scenario("both end at once", 2, 1, ZERO.and(Fault.ZERO))
                    .from(Start.BOTH, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED),
            scenario("both run, one cut off", 2, 1, ZERO.and(Fault.ZERO).and(Fault.STALE))
                    .from(Start.BOTH, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED),
            scenario("zombie", 3, 1, ZERO.and(Fault.ZERO).and(Fault.KILL))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.ZOMBIE, Trait.NO_TIMING, Trait.BLURRED),
            scenario("a zombie yields", 3, 1, ZERO.and(Fault.YIELD))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.ZOMBIE, Trait.NO_TIMING, Trait.BLURRED),
            scenario("one of two yields", 2, 2, ZERO.and(Fault.YIELD).and(Fault.LOST))
                    .from(Start.BOTH, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED),
            scenario(
                            "one of two yields and starts anew",
                            2,
                            1,
                            ZERO.and(Fault.YIELD).and(Fault.RESTART))
                    .from(Start.BOTH, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED),
            scenario("two by mistake", 2, 1, ZERO.and(Fault.ZERO))
                    .rollout(1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED));

    private static final List<Scenario> FAILED_ROLLOUTS = List.of(
            scenario("failed rollout", 2, 1, ZERO).rollout(1).sick(1).with(Trait.FAILS),
            scenario("failed rollout, again", 4, 1, ZERO.and(Fault.LOST))
                    .rollout(1, 2)
                    .sick(1, 2)
                    .with(Trait.FAILS),
            scenario("an app that never starts", 2, 1, Budget.NONE.and(Fault.KILL))
                    .from(Start.SEALED, 1)
                    .sick(0),
            scenario("failed though healthy", 3, 1, ZERO.and(Fault.LOST))
                    .rollout(1)
                    .with(Trait.FAILS),
            scenario("failed, cut off", 3, 1, ZERO.and(Fault.STALE)).rollout(1).with(Trait.FAILS),
            scenario("failed migration", 3, 1, ZERO.and(Fault.STALE))
                    .rollout(1)
                    .sick(1)
                    .with(Trait.FAILS),
            scenario("any outcome", 3, 1, ZERO.and(Fault.RESTART)).rollout(1).with(Trait.FAILS, Trait.SUCCEEDS));

    private static final List<Scenario> PINS = List.of(
            scenario("pin at a cold start", 2, 2, ZERO.and(Fault.ZERO))
                    .from(Start.SEALED, 2)
                    .pinned(0),
            scenario("pin while the holder prunes", 2, 2, Budget.NONE)
                    .from(Start.RUNNING, 3)
                    .rollout(1)
                    .with(Trait.PRUNES)
                    .pinned(0),
            scenario("pin", 3, 2, ZERO).rollout(1).with(Trait.SUCCEEDS).pinned(0),
            scenario("pin, pruned", 2, 2, ZERO.and(Fault.LOST))
                    .from(Start.RUNNING, 3)
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.PRUNES)
                    .pinned(0),
            scenario("pin, a crash", 3, 2, ZERO.and(Fault.KILL).and(Fault.RESTART))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.BLURRED)
                    .pinned(0),
            scenario("pin of a fork at a cold start", 2, 2, ZERO.and(Fault.ZERO).and(Fault.LOST))
                    .from(Start.SEALED, 2)
                    .pinned(Scenario.FORK),
            scenario("pin of a fork", 3, 2, ZERO)
                    .rollout(1)
                    .with(Trait.SUCCEEDS)
                    .pinned(Scenario.FORK),
            scenario("pin of a fork, pruned", 2, 2, ZERO.and(Fault.LOST))
                    .from(Start.RUNNING, 3)
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.PRUNES)
                    .pinned(Scenario.FORK),
            scenario("pin of a fork, a crash", 3, 2, ZERO.and(Fault.KILL).and(Fault.RESTART))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.BLURRED)
                    .pinned(Scenario.FORK),
            scenario("pin of a fork, document lost", 2, 1, ZERO.and(Fault.ZERO).and(Fault.DOCUMENT_LOST))
                    .from(Start.SEALED, 2)
                    .pinned(Scenario.FORK),
            scenario("pin, cut off", 3, 2, ZERO.and(Fault.STALE).and(Fault.RESTART))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.BLURRED)
                    .pinned(0));

    private static final List<Scenario> PRUNING = List.of(
            scenario("stale pruner", 2, 1, ZERO.and(Fault.STALE).and(Fault.LOST))
                    .from(Start.RUNNING, 4)
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.BLURRED, Trait.PRUNES),
            scenario("pruned at the end", 2, 1, ZERO.and(Fault.KILL).and(Fault.RESTART))
                    .from(Start.RUNNING, 4)
                    .with(Trait.PRUNES));

    private static final List<Scenario> LOST_DOCUMENTS = List.of(
            scenario("document lost", 3, 1, ZERO.and(Fault.DOCUMENT_LOST))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.BLURRED),
            scenario(
                    "document lost, no rollout",
                    3,
                    1,
                    ZERO.and(Fault.DOCUMENT_LOST).and(Fault.KILL)),
            scenario("document torn", 2, 1, ZERO.and(Fault.DOCUMENT_TORN))
                    .rollout(1)
                    .with(Trait.SUCCEEDS, Trait.BLURRED),
            scenario(
                            "rebuilt by two at once",
                            2,
                            1,
                            ZERO.and(Fault.ZERO).and(Fault.DOCUMENT_LOST).and(Fault.LOST))
                    .from(Start.SEALED, 2)
                    .rollout(0, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED),
            scenario("adopted by two at once", 2, 1, ZERO.and(Fault.ZERO).and(Fault.LOST))
                    .from(Start.OLDER, 2)
                    .rollout(0, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED),
            scenario("two at a cold start", 2, 1, ZERO.and(Fault.ZERO).and(Fault.LOST))
                    .from(Start.SEALED, 1)
                    .rollout(0, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED));

    private static final List<Scenario> BAD_DATA = List.of(
            scenario("guards refuse", 3, 2, ZERO.and(Fault.ZERO).and(Fault.DAMAGE)),
            scenario("guards refuse in an overlap", 2, 1, ZERO.and(Fault.DAMAGE))
                    .rollout(1)
                    .with(Trait.SUCCEEDS),
            scenario("a head goes bad", 3, 2, ZERO.and(Fault.ZERO).and(Fault.ROT))
                    .from(Start.RUNNING, 2),
            scenario("older tools still run", 3, 2, ZERO.and(Fault.ZERO).and(Fault.OLD_TOOL, 2)),
            scenario(
                            "older tools beside an adoption",
                            2,
                            1,
                            ZERO.and(Fault.ZERO).and(Fault.OLD_TOOL))
                    .from(Start.OLDER, 1)
                    .rollout(0, 1)
                    .with(Trait.TWINS, Trait.NO_TIMING, Trait.BLURRED));

    private static final Scenario EVERYTHING = scenario(
                    "everything",
                    3,
                    3,
                    ZERO.and(Fault.KILL)
                            .and(Fault.LOST, 2)
                            .and(Fault.DELAY)
                            .and(Fault.UNREAD)
                            .and(Fault.RESTART)
                            .and(Fault.STALE)
                            .and(Fault.DOCUMENT_LOST)
                            .and(Fault.OLD_TOOL))
            .from(Start.RUNNING, 3)
            .rollout(1)
            .with(Trait.SUCCEEDS, Trait.EARLY, Trait.BLURRED, Trait.PRUNES, Trait.LATE_WRITES);

    private static void explore(Scenario scenario) {
        if (!scenario.name().contains(ONLY)) {
            return;
        }
        long began = System.nanoTime();
        Explorer.Result result = new Explorer(scenario, PREEMPTIONS).all(STATES, LIVENESS);
        assertThat(result.violation()).isEmpty();
        Explorer.Result walked = new Explorer(scenario, Integer.MAX_VALUE).walks(new Random(SEED), WALKS);
        System.out.printf(
                "%-32s %s; %d steps at random, %d ends; %.1f s%n",
                scenario, result, walked.states(), walked.ends(), (System.nanoTime() - began) / 1e9);
        assertThat(walked.violation()).as("seed %d", SEED).isEmpty();
        assertThat(result.complete() || result.states() >= STATES).isTrue();
    }

    static Stream<Scenario> ends() {
        return ENDS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void nothingIsLostHoweverAReplicaEnds(Scenario scenario) {
        explore(scenario);
    }

    static Stream<Scenario> overlaps() {
        return OVERLAPS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overlaps")
    void nothingIsLostWhereReplicasOverlap(Scenario scenario) {
        explore(scenario);
    }

    static Stream<Scenario> failedRollouts() {
        return FAILED_ROLLOUTS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failedRollouts")
    void aRolloutThatFailsLeavesTheOldServersDataAtTheHead(Scenario scenario) {
        explore(scenario);
    }

    static Stream<Scenario> pins() {
        return PINS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pins")
    void aRestoreOnPurposeHappensOnceAndIsNotUndone(Scenario scenario) {
        explore(scenario);
    }

    static Stream<Scenario> pruning() {
        return PRUNING.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pruning")
    void nobodyDeletesWhatAnotherNeeds(Scenario scenario) {
        explore(scenario);
    }

    static Stream<Scenario> lostDocuments() {
        return LOST_DOCUMENTS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostDocuments")
    void aDocumentThatIsMadeAnewForgetsNothingThoughTwoMakeIt(Scenario scenario) {
        explore(scenario);
    }

    static Stream<Scenario> badData() {
        return BAD_DATA.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badData")
    void badDataNeverBecomeTheHead(Scenario scenario) {
        explore(scenario);
    }

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 2) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noRandomWayThroughEverythingLosesAnything(long seed) {
        Explorer.Result result = new Explorer(EVERYTHING, Integer.MAX_VALUE).walks(new Random(seed), WALKS);
        System.out.printf("%-32s %s%n", "everything, seed " + seed, result);
        assertThat(result.violation()).as("seed %d", seed).isEmpty();
    }

    @Test
    void whatTheExplorerDoesNotLookAtRemembersNothing() {
        assertThat(Stream.of(Saver.class, LineageStore.class, Pruner.class)).allMatch(Memory::keepsNothing);
    }
}
