package dev.jellykeep.agent.explorer;

import dev.jellykeep.agent.explorer.Replica.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Takes moves: the state after one is that in which every agent's code waits for an answer whose moment matters.
final class Steps {
    private final Scenario scenario;
    private final Unfolding unfolding;
    private final int preemptions;
    private final StoreMoves store;
    private final PlatformMoves platform;
    private String lastFailure = "";

    /// @param preemptions how often code may be interrupted elsewhere than at a pause
    Steps(Scenario scenario, Unfolding unfolding, int preemptions) {
        this.preemptions = preemptions;
        this.scenario = scenario;
        this.unfolding = unfolding;
        this.store = new StoreMoves(scenario, new Invariants(scenario));
        this.platform = new PlatformMoves(scenario, unfolding);
    }

    World start() {
        World world = scenario.start(unfolding);
        for (int i = 0; i < world.replicas().size(); i++) {
            world = settled(world, i);
        }
        return world;
    }

    World starting(World world, int i) {
        return settled(platform.starting(world, i), i);
    }

    /// All that may happen next.
    List<Move> all(World world) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < world.replicas().size(); i++) {
            Replica replica = world.replica(i);
            if (replica.alive() && (world.preemptions() < preemptions || !world.preempts(i))) {
                moves.addAll(store.moves(world, i, call(replica)));
            }
        }
        moves.addAll(store.network(world));
        moves.addAll(platform.moves(world));
        return moves;
    }

    /// What happens next to one replica where nothing goes wrong.
    Move calm(World world, int i) {
        return store.moves(world, i, call(world.replica(i))).getFirst();
    }

    World take(Move move) {
        Reply reply = move.reply();
        if (reply != null) {
            return answered(move.world(), move.replica(), reply);
        }
        World world = move.world();
        for (int i = 0; i < world.replicas().size(); i++) {
            world = settled(world, i);
        }
        return world;
    }

    private World answered(World world, int i, Reply reply) {
        Replica replica = world.replica(i);
        Node next = unfolding.after(Objects.requireNonNull(replica.at()), reply);
        return settled(world.goesOn(i).with(i, replica.at(next)), i);
    }

    private static Call call(Replica replica) {
        return Objects.requireNonNull(replica.at()).call;
    }

    private World settled(World from, int i) {
        World world = from;
        while (world.replica(i).alive()) {
            Call call = call(world.replica(i));
            if (call instanceof Call.End(String failure)) {
                world = ended(world, i, failure);
                continue;
            }
            Move local = store.local(world, i, call);
            if (local == null) {
                return world;
            }
            Node next = unfolding.after(
                    Objects.requireNonNull(local.world().replica(i).at()), Objects.requireNonNull(local.reply()));
            world = local.world().with(i, local.world().replica(i).at(next));
        }
        return world;
    }

    private World ended(World world, int i, String failure) {
        Replica replica = world.replica(i);
        if (replica.life() != Life.RESTORING) {
            return world.with(i, replica.dead(!replica.outOfTime()));
        }
        if (failure.isEmpty()) {
            return world.with(i, replica.running(unfolding.root(scenario.run(i, replica))));
        }
        lastFailure = failure;
        return failure.equals("AGAIN")
                ? world.with(i, replica.restoring(unfolding.root(Program.restore(i))))
                : world.with(i, replica.dead(false));
    }

    /// Why a restore was given up last.
    String lastFailure() {
        return lastFailure;
    }
}
