package dev.jellykeep.agent.explorer;

import dev.jellykeep.agent.explorer.Replica.Life;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Walks through the states of a scenario: all of them up to a bound, or at random.
final class Explorer {
    private static final boolean DEPTH_FIRST = Boolean.getBoolean("explorer.depthFirst");

    private final Scenario scenario;
    private final Unfolding unfolding = new Unfolding();
    private final Steps steps;
    private final Outlook outlook;
    private final Invariants invariants;

    /// @param preemptions how often code may be interrupted elsewhere than at a pause
    Explorer(Scenario scenario, int preemptions) {
        this.scenario = scenario;
        this.steps = new Steps(scenario, unfolding, preemptions);
        this.outlook = new Outlook(scenario, unfolding);
        this.invariants = new Invariants(scenario);
    }

    /// @param states that were looked at
    /// @param moves between them
    /// @param complete there are no others
    /// @param ends states in which everybody was dead
    /// @param futures of states that were followed to their end
    /// @param nodes places in the agents' code that were reached
    /// @param violation with the way to it
    record Result(
            int states, long moves, boolean complete, int ends, int futures, int nodes, Optional<String> violation) {
        @Override
        public String toString() {
            return "%d states (%s), %d moves, %d ends, %d futures, %d places in the code"
                    .formatted(states, complete ? "all" : "bounded", moves, ends, futures, nodes);
        }
    }

    private record Way(@Nullable Way from, String label) {}

    private record Visit(World world, Way way) {}

    /// Breadth first, so that a violation is reached by the shortest way.
    ///
    /// @param most states
    /// @param livenessOf one of how many states is followed to its future
    Result all(int most, int livenessOf) {
        return onVirtualThread(() -> breadthFirst(most, livenessOf));
    }

    /// Ways at random, each until nothing more can happen.
    ///
    /// @param ways how many
    Result walks(RandomGenerator random, int ways) {
        return onVirtualThread(() -> atRandom(random, ways));
    }

    /// Code is played by turns: between virtual threads that costs least.
    private static Result onVirtualThread(Supplier<Result> work) {
        FutureTask<Result> task = new FutureTask<>(work::get);
        Thread.ofVirtual().start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the exploration broke: " + e.getCause(), e);
        }
    }

    private Result breadthFirst(int most, int livenessOf) {
        Seen seen = new Seen();
        Deque<Visit> open = new ArrayDeque<>();
        World start = steps.start();
        seen.add(start.fingerprint());
        open.add(new Visit(start, new Way(null, "start")));
        int states = 0;
        int ends = 0;
        long moves = 0;
        try {
            while (!open.isEmpty() && states < most) {
                Visit visit = DEPTH_FIRST ? open.removeLast() : open.removeFirst();
                World world = visit.world();
                states++;
                Way way = visit.way();
                try {
                    ends += look(world, states % livenessOf == 0) ? 1 : 0;
                    for (Move move : steps.all(world)) {
                        moves++;
                        way = new Way(visit.way(), move.label());
                        World next = steps.take(move);
                        if (seen.add(next.fingerprint())) {
                            open.add(new Visit(next, way));
                        }
                        way = visit.way();
                    }
                } catch (Violation violation) {
                    return result(states, moves, false, ends, story(violation, way));
                }
            }
            return result(states, moves, open.isEmpty(), ends, null);
        } finally {
            unfolding.close();
        }
    }

    private boolean look(World world, boolean alsoLiveness) {
        invariants.onState(world);
        boolean anybody = world.replicas().stream().anyMatch(Replica::alive);
        boolean end = !anybody
                && world.replica(0).life() != Life.ABSENT
                && world.blobs().network() == null;
        if (end) {
            outlook.atTheEnd(world);
        }
        if (alsoLiveness) {
            outlook.liveness(world);
        }
        return end;
    }

    private Result atRandom(RandomGenerator random, int ways) {
        int states = 0;
        int ends = 0;
        try {
            for (int i = 0; i < ways; i++) {
                World world = steps.start();
                Way way = new Way(null, "start");
                while (true) {
                    states++;
                    try {
                        ends += look(world, random.nextInt(64) == 0) ? 1 : 0;
                        List<Move> moves = steps.all(world);
                        if (moves.isEmpty()) {
                            break;
                        }
                        Move move = moves.get(random.nextInt(moves.size()));
                        way = new Way(way, move.label());
                        world = steps.take(move);
                    } catch (Violation violation) {
                        return result(states, states, false, ends, story(violation, way));
                    }
                    if (states > 400L * (i + 1)) {
                        break;
                    }
                }
            }
            return result(states, states, false, ends, null);
        } finally {
            unfolding.close();
        }
    }

    private Result result(int states, long moves, boolean complete, int ends, @Nullable String violation) {
        return new Result(
                states, moves, complete, ends, outlook.futures(), unfolding.nodes(), Optional.ofNullable(violation));
    }

    private String story(Violation violation, Way end) {
        List<String> labels = new ArrayList<>();
        for (Way way = end; way != null; way = way.from()) {
            labels.addFirst(way.label());
        }
        return scenario + ": " + violation.getMessage() + "\n    " + String.join("\n    ", labels);
    }
}
