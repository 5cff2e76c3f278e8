package dev.jellykeep.contract.lineage.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Model checking of the real transitions. `-Dexplorer.states=N` sets how many states of each scenario are
/// looked at, `-Dexplorer.walks=N` how many random ways are gone.
class ExplorerTest {
    private static final int STATES = Integer.getInteger("explorer.states", 20_000);
    private static final int WALKS = Integer.getInteger("explorer.walks", 300);
    private static final int MUTANT_STATES = 150_000;
    private static final int STEPS = 400;
    private static final Set<Integer> N = Set.of(1);

    private static final Budget NO_FAULT = Budget.NONE.zero(1);

    private static final List<Scenario> SCENARIOS = List.of(
            Scenario.of(
                    "scale to zero",
                    2,
                    2,
                    Budget.NONE.zero(2).lost(1).restart(1).prune(1)),
            Scenario.of(
                    "killed in grace", 2, 2, Budget.NONE.zero(2).kill(1).lost(1).restart(1)),
            Scenario.of("overlap", 3, 2, NO_FAULT.lost(1)).rollout(N, false),
            Scenario.of("overlap, a crash", 3, 2, NO_FAULT.kill(1).restart(1)).rollout(N, false),
            Scenario.of("failed rollout", 3, 2, NO_FAULT.lost(1)).rollout(N, true),
            Scenario.of("failed migration", 3, 1, NO_FAULT.stale(1))
                    .rollout(N, true)
                    .sick(1),
            Scenario.of("crashes", 3, 2, NO_FAULT.kill(2).restart(1)).replacedEarly(),
            Scenario.of("cut off", 3, 2, NO_FAULT.stale(1)).rollout(N, false).blurred(),
            Scenario.of("stale pruner", 2, 2, NO_FAULT.prune(2).stale(1).lost(1))
                    .rollout(N, false)
                    .history(3)
                    .blurred(),
            Scenario.of("pin", 3, 2, NO_FAULT.prune(1).lost(1))
                    .rollout(N, false)
                    .pinned(1, 2),
            Scenario.of("pin, a crash", 3, 2, NO_FAULT.kill(1).restart(1))
                    .rollout(N, false)
                    .pinned(1, 2)
                    .blurred(),
            Scenario.of("document lost", 3, 2, NO_FAULT.documentLost(1))
                    .rollout(N, false)
                    .blurred(),
            Scenario.of(
                    "document lost, no rollout",
                    3,
                    2,
                    NO_FAULT.documentLost(1).kill(1).prune(1)));

    private static final Scenario EVERYTHING = Scenario.of("everything", 3, 3, new Budget(1, 2, 1, 1, 1, 1, 1))
            .rollout(N, false)
            .history(2)
            .replacedEarly()
            .blurred();

    static Stream<Scenario> scenarios() {
        return SCENARIOS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void noWayLeadsToAViolation(Scenario scenario) {
        Explorer.Result result = new Explorer(scenario, Rule.NONE_REMOVED).all(STATES);
        assertThat(result.violation()).isEmpty();
        assertThat(result.complete() || result.states() >= STATES).isTrue();
    }

    static LongStream walks() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 10) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("walks")
    void noRandomWayLeadsToAViolation(long seed) {
        RandomGenerator random = Seeds.random(seed);
        for (int walk = 0; walk < WALKS; walk++) {
            for (Scenario scenario : List.of(EVERYTHING, Seeds.oneOf(random, SCENARIOS))) {
                assertThat(new Explorer(scenario, Rule.NONE_REMOVED)
                                .walk(random, STEPS)
                                .violation())
                        .as("seed %d, walk %d", seed, walk)
                        .isEmpty();
            }
        }
    }

    /// Where a removed rule is missed.
    private static final Map<Rule, String> CAUGHT_IN = Map.ofEntries(
            Map.entry(Rule.REREAD_AFTER_412, "scale to zero"),
            Map.entry(Rule.OWN_EPOCH, "killed in grace"),
            Map.entry(Rule.ANCESTRY_CUT, "overlap"),
            Map.entry(Rule.DOOM_FIRST, "stale pruner"),
            Map.entry(Rule.WAIT_FOR_HOLDER, "overlap, a crash"),
            Map.entry(Rule.HEALTH, "failed migration"),
            Map.entry(Rule.DECIDE_ONCE, "overlap, a crash"),
            Map.entry(Rule.FORK_IS_NEWS, "overlap"),
            Map.entry(Rule.PIN_ONCE, "pin"),
            Map.entry(Rule.HOLD_PINNED, "pin"),
            Map.entry(Rule.ROLL, "killed in grace"),
            Map.entry(Rule.CLAIM_RAISES_EPOCH, "scale to zero"));

    static Stream<Rule> rules() {
        return Arrays.stream(Rule.values()).filter(rule -> rule != Rule.NONE_REMOVED);
    }

    @ParameterizedTest(name = "without {0}")
    @MethodSource("rules")
    void eachRuleIsMissedWhenItIsRemoved(Rule rule) {
        Scenario scenario = SCENARIOS.stream()
                .filter(each -> each.name().equals(CAUGHT_IN.get(rule)))
                .findFirst()
                .orElseThrow();
        assertThat(new Explorer(scenario, rule).all(MUTANT_STATES).violation())
                .as("%s without %s", scenario, rule)
                .isPresent();
    }

    @Test
    void theWayToAViolationIsToldStepByStep() {
        Explorer.Result result = new Explorer(SCENARIOS.getFirst(), Rule.CLAIM_RAISES_EPOCH).all(MUTANT_STATES);
        assertThat(result.violation().orElseThrow())
                .startsWith("scale to zero: a new holder without a new epoch\n")
                .contains("SIGTERM");
    }
}
