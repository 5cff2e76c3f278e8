package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.explorer.Replica.Life;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Walks through the worlds of a scenario: all of them up to a bound, or at random.
final class Explorer {
    private final Scenario scenario;
    private final Rule removed;
    private final Agent agent;
    private final Platform platform;

    Explorer(Scenario scenario, Rule removed) {
        this.scenario = scenario;
        this.removed = removed;
        this.agent = new Agent(scenario, removed);
        this.platform = new Platform(scenario);
    }

    /// @param states that were looked at
    /// @param complete there are no others
    /// @param violation with the way to it
    record Result(int states, boolean complete, Optional<String> violation) {}

    private record Step(@Nullable World from, String label) {}

    /// Breadth first, so that a violation is reached by the shortest way.
    ///
    /// @param most states
    Result all(int most) {
        World start = scenario.start();
        Map<World, Step> seen = new HashMap<>();
        Deque<World> open = new ArrayDeque<>();
        seen.put(start, new Step(null, "start"));
        open.add(start);
        int states = 0;
        while (!open.isEmpty()) {
            if (states >= most) {
                return new Result(states, false, Optional.empty());
            }
            World world = open.remove();
            states++;
            try {
                for (Move move : moves(world)) {
                    if (seen.putIfAbsent(move.world(), new Step(world, move.label())) == null) {
                        open.add(move.world());
                    }
                }
            } catch (Violation violation) {
                return new Result(states, false, Optional.of(story(violation, way(seen, world))));
            }
        }
        return new Result(states, true, Optional.empty());
    }

    /// One way at random until nothing more can happen.
    ///
    /// @param most moves
    Result walk(RandomGenerator random, int most) {
        World world = scenario.start();
        List<String> way = new ArrayList<>();
        for (int step = 0; step < most; step++) {
            try {
                List<Move> moves = moves(world);
                if (moves.isEmpty()) {
                    return new Result(step, true, Optional.empty());
                }
                Move move = moves.get(random.nextInt(moves.size()));
                way.add(move.label());
                world = move.world();
            } catch (Violation violation) {
                return new Result(step, false, Optional.of(story(violation, way)));
            }
        }
        return new Result(most, false, Optional.empty());
    }

    private List<Move> moves(World world) {
        Invariants.onState(
                world, world.budget().documentLost() < scenario.budget().documentLost());
        boolean anyAlive = world.replicas().stream().anyMatch(Replica::alive);
        if (!anyAlive && world.replica(0).life() != Life.ABSENT) {
            Invariants.atTheEnd(world, scenario, removed);
        }
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < world.replicas().size(); i++) {
            moves.addAll(agent.moves(world, i));
        }
        moves.addAll(platform.moves(world));
        return moves;
    }

    private String story(Violation violation, List<String> way) {
        return scenario + ": " + violation.getMessage() + "\n    " + String.join("\n    ", way);
    }

    private static List<String> way(Map<World, Step> seen, World end) {
        Deque<String> labels = new ArrayDeque<>();
        Step step = seen.get(end);
        while (step != null && step.from() != null) {
            labels.addFirst(step.label());
            step = seen.get(step.from());
        }
        return List.copyOf(labels);
    }
}
