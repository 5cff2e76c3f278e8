package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Ending;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.explorer.Replica.Job;
import dev.jellykeep.contract.lineage.explorer.Replica.Life;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What users, the platform, time and faults may do next.
record Platform(Scenario scenario) {

    List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < world.replicas().size(); i++) {
            Replica replica = world.replica(i);
            if (replica.life() == Life.ABSENT) {
                start(world, i, moves);
                break;
            }
            if (replica.up()) {
                use(world, i, moves);
                stop(world, i, moves);
            }
            if (replica.alive()) {
                fault(world, i, moves);
            } else if (!replica.stale() && holds(world, i)) {
                moves.add(move(i, "goes stale", world.with(i, replica.withStale(true))));
            }
        }
        if (world.budget().documentLost() > 0 && world.document() != null) {
            moves.add(new Move(
                    "somebody deletes lineage.json",
                    world.written(null).with(world.budget().documentLost(-1))));
        }
        return moves;
    }

    private static Move move(int i, String what, World world) {
        return new Move("HNM".charAt(i) + " " + what, world);
    }

    private static boolean holds(World world, int i) {
        return world.document() != null && world.document().isHeldBy(World.id(i));
    }

    private static boolean any(World world, java.util.function.Predicate<Replica> what) {
        return world.replicas().stream().anyMatch(what);
    }

    private void start(World world, int i, List<Move> moves) {
        boolean cold = !any(world, Replica::alive);
        boolean rollout = scenario.rollout().contains(i)
                && !world.switched()
                && any(world, each -> each.up() && each.traffic())
                && IntStream.range(0, i)
                        .allMatch(j -> !scenario.rollout().contains(j)
                                || world.replica(j).life() == Life.DEAD);
        boolean early = scenario.early()
                && IntStream.range(0, i)
                        .allMatch(j -> world.replica(j).life() == Life.ENDING
                                || world.replica(j).life() == Life.DEAD);
        if (cold || rollout || early) {
            moves.add(move(i, "starts", world.with(i, world.replica(i).starting())));
        }
    }

    private void use(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        if (replica.traffic() && replica.healthy() && world.writes() < scenario.writes()) {
            int data = replica.data() | 1 << world.writes();
            moves.add(move(
                    i,
                    "user write " + world.writes(),
                    world.with(i, replica.withData(data)).served(i, 1, false)));
        }
        boolean sick = scenario.sick().contains(i);
        if (sick && (replica.data() & Scenario.MIGRATION) == 0) {
            moves.add(move(
                    i, "migrates the database", world.with(i, replica.withData(replica.data() | Scenario.MIGRATION))));
        }
        if (!replica.healthy() && !sick) {
            boolean serves = !any(world, each -> each.up() && each.traffic());
            World healthy = world.with(i, replica.withApp(true, serves));
            moves.add(move(i, "app is healthy", serves ? healthy.served(i, 0, false) : healthy));
        }
        if (replica.healthy()
                && !replica.traffic()
                && scenario.succeeds()
                && scenario.rollout().contains(i)
                && !world.switched()) {
            World moved = world;
            for (int j = 0; j < world.replicas().size(); j++) {
                Replica other = world.replica(j);
                moved = moved.with(j, other.withApp(other.healthy(), j == i));
            }
            moves.add(move(i, "is ready, traffic moves", moved.served(i, 0, true)));
        }
    }

    private void stop(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        boolean drained = world.switched() && !replica.traffic();
        boolean failed = scenario.fails()
                && scenario.rollout().contains(i)
                && !replica.traffic()
                && any(world, each -> each.up() && each.traffic());
        boolean alone = IntStream.range(0, world.replicas().size())
                .noneMatch(j -> j != i && world.replica(j).up());
        boolean young = IntStream.range(0, world.replicas().size())
                .anyMatch(j -> j != i
                        && (world.replica(j).life() == Life.ENDING
                                || (world.replica(j).life() == Life.DEAD
                                        && !world.replica(j).stale()
                                        && holds(world, j))));
        boolean zero = world.budget().zero() > 0 && replica.traffic() && alone && !young;
        if (drained || failed || zero) {
            World told = world.with(i, replica.told(decide(world, i)));
            moves.add(move(
                    i,
                    "SIGTERM",
                    zero && !drained && !failed ? told.with(world.budget().zero(-1)) : told));
        }
    }

    /// The agent polls the document every few seconds, so that it knows who holds.
    private static @Nullable Ending decide(World world, int i) {
        LineageDocument document = world.document();
        return document == null ? null : Ending.decide(document, World.id(i), world.holderStale(), null);
    }

    private void fault(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        Budget budget = world.budget();
        if (budget.kill() > 0) {
            moves.add(move(i, "is killed", world.with(budget.kill(-1)).with(i, replica.dead(false))));
        }
        if (replica.life() == Life.RESTORING
                && scenario.fails()
                && scenario.rollout().contains(i)) {
            moves.add(move(i, "is removed while it restores", world.with(i, replica.dead(false))));
        }
        if (budget.restart() > 0 && replica.life() == Life.RESTORING && replica.job() != Job.LOOK) {
            moves.add(move(i, "init restarts", world.with(budget.restart(-1)).with(i, replica.starting())));
        }
        if (budget.restart() > 0 && replica.up() && world.document() != null) {
            moves.add(move(i, "sidecar restarts", restarted(world, i, world.document())));
        }
        if (budget.stale() > 0 && !replica.stale() && replica.life() != Life.RESTORING) {
            moves.add(move(
                    i, "is cut off until stale", world.with(budget.stale(-1)).with(i, replica.withStale(true))));
        }
        if (replica.stale()) {
            moves.add(move(i, "is heard of again", world.with(i, replica.withStale(false))));
        }
    }

    private static World restarted(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        String tip = document.listed()
                .filter(listed -> world.blob(listed.name())
                        .filter(blob -> blob.facts().owner().equals(World.id(i)))
                        .isPresent())
                .max(Comparator.comparingLong(Listed::sequence).thenComparing(Listed::name))
                .map(Listed::name)
                .orElse(replica.base());
        return world.with(world.budget().restart(-1)).with(i, replica.restarted(tip, left(world, i, tip, document)));
    }

    private static @Nullable String left(World world, int i, @Nullable String tip, LineageDocument document) {
        return world.blobs().stream()
                .filter(blob -> !blob.gone()
                        && blob.facts().owner().equals(World.id(i))
                        && Objects.equals(blob.facts().parent(), tip)
                        && !document.names(blob.name()))
                .map(Blob::name)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
