package dev.jellykeep.agent.explorer;

import dev.jellykeep.agent.explorer.Budget.Fault;
import dev.jellykeep.agent.explorer.Replica.Life;
import dev.jellykeep.agent.explorer.Scenario.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What users, the platform, time and faults may do next.
record PlatformMoves(Scenario scenario, Unfolding unfolding) {

    List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        boolean started = false;
        for (int i = 0; i < world.replicas().size(); i++) {
            Replica replica = world.replica(i);
            if (replica.life() == Life.ABSENT) {
                if (!started) {
                    start(world, i, moves);
                }
                started = true;
                continue;
            }
            if (replica.up()) {
                use(world, i, moves);
                stop(world, i, moves);
            }
            if (replica.life() == Life.ENDING) {
                lateWrite(world, i, moves);
            }
            if (replica.alive()) {
                fault(world, i, moves);
            } else if (!replica.stale() && world.holds(i)) {
                moves.add(move(
                        i, "goes stale", world.with(i, replica.withStale(true)).aged()));
            }
        }
        document(world, moves);
        return moves;
    }

    private static Move move(int i, String what, World world) {
        return Move.of(Names.of(i) + " " + what, world);
    }

    private static boolean any(World world, Predicate<Replica> what) {
        return world.replicas().stream().anyMatch(what);
    }

    private void start(World world, int i, List<Move> moves) {
        boolean cold = !any(world, Replica::alive);
        boolean twin = scenario.has(Trait.TWINS) && scenario.rollout().contains(i);
        boolean rollout = scenario.rollout().contains(i)
                && !world.switched()
                && any(world, each -> each.up() && each.traffic())
                && IntStream.range(0, i)
                        .allMatch(j -> !scenario.rollout().contains(j)
                                || world.replica(j).life() == Life.DEAD);
        boolean early = scenario.has(Trait.EARLY)
                && IntStream.range(0, i)
                        .allMatch(j -> world.replica(j).life() == Life.ENDING
                                || world.replica(j).life() == Life.DEAD);
        if (cold || twin || rollout || early) {
            moves.add(move(i, "starts", starting(world, i)));
        }
    }

    World starting(World world, int i) {
        return world.with(i, world.replica(i).restoring(unfolding.root(Program.restore(i))));
    }

    private void use(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        if (replica.traffic() && replica.healthy() && world.writes() < scenario.writes()) {
            moves.add(write(world, i));
        }
        boolean sick = scenario.sick().contains(i);
        if (sick && (replica.data() & Scenario.MIGRATION) == 0) {
            moves.add(move(
                    i, "migrates the database", world.with(i, replica.withData(replica.data() | Scenario.MIGRATION))));
        }
        if (!replica.healthy() && !sick) {
            boolean serves = !any(world, each -> each.up() && each.traffic())
                    || (scenario.has(Trait.TWINS) && scenario.rollout().contains(i));
            World healthy = world.with(i, replica.withApp(true, serves));
            moves.add(move(i, "is healthy", serves ? healthy.served(i, 0, false) : healthy));
        }
        if (replica.healthy()
                && !replica.traffic()
                && scenario.has(Trait.SUCCEEDS)
                && scenario.rollout().contains(i)
                && !world.switched()) {
            World moved = world;
            for (int j = 0; j < world.replicas().size(); j++) {
                Replica other = world.replica(j);
                moved = moved.with(j, other.withApp(other.healthy(), j == i));
            }
            moves.add(move(i, "is ready, traffic moves", moved.served(i, 0, true)));
        }
        boolean another = IntStream.range(0, world.replicas().size())
                .anyMatch(
                        j -> j != i && world.replica(j).up() && world.replica(j).healthy());
        if (world.budget().has(Fault.YIELD) && another && !world.isYielding(i)) {
            moves.add(move(i, "is asked to yield", world.without(Fault.YIELD).yielding(i)));
        }
        if (world.budget().has(Fault.DAMAGE) && replica.healthy() && !Scenario.damaged(replica.data())) {
            moves.add(move(
                    i,
                    "has its database damaged",
                    world.without(Fault.DAMAGE).with(i, replica.withData(Scenario.damage(replica.data())))));
        }
    }

    /// Who has served users has their writes, and a user once there is one.
    private static Move write(World world, int i) {
        Replica replica = world.replica(i);
        int data = replica.data() | Scenario.BASE | 1 << world.writes();
        return move(
                i,
                "user write " + world.writes(),
                world.with(i, replica.withData(data)).served(i, 1, false));
    }

    private void lateWrite(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        if (scenario.has(Trait.LATE_WRITES)
                && replica.wasServing()
                && !replica.appGone()
                && world.writes() < scenario.writes()
                && !any(world, Replica::traffic)) {
            moves.add(write(world, i));
        }
    }

    private void stop(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        boolean drained = world.switched() && !replica.traffic() && !scenario.has(Trait.ZOMBIE);
        boolean failed = scenario.has(Trait.FAILS)
                && scenario.rollout().contains(i)
                && !replica.traffic()
                && any(world, each -> each.up() && each.traffic());
        boolean zero = world.budget().has(Fault.ZERO) && replica.traffic() && mayBeScaledIn(world, i);
        if (drained || failed) {
            moves.add(move(i, "SIGTERM", world.with(i, replica.told())));
        } else if (zero) {
            moves.add(move(i, "SIGTERM (scaled in)", world.without(Fault.ZERO).with(i, replica.told())));
        }
    }

    /// The platform's cooldown is longer than a heartbeat's staleness and a grace period.
    private boolean mayBeScaledIn(World world, int i) {
        if (scenario.has(Trait.NO_TIMING)) {
            return true;
        }
        boolean alone = IntStream.range(0, world.replicas().size())
                .noneMatch(j -> j != i && world.replica(j).up());
        boolean young = IntStream.range(0, world.replicas().size())
                .anyMatch(j -> j != i
                        && (world.replica(j).life() == Life.ENDING
                                || (world.replica(j).life() == Life.DEAD
                                        && !world.replica(j).stale()
                                        && world.holds(j))));
        return alone && !young;
    }

    private void fault(World world, int i, List<Move> moves) {
        Replica replica = world.replica(i);
        if (world.budget().has(Fault.KILL)) {
            moves.add(move(i, "is killed", world.without(Fault.KILL).with(i, replica.dead(false))));
        }
        boolean restoring = replica.life() == Life.RESTORING;
        if (restoring && scenario.has(Trait.FAILS) && scenario.rollout().contains(i)) {
            moves.add(move(i, "is removed while it restores", world.with(i, replica.dead(false))));
        }
        Node at = replica.at();
        boolean begun = at != null && at.parent != null;
        // once a replica is told to stop, the platform starts none of its containers again
        if (world.budget().has(Fault.RESTART) && begun && replica.life() != Life.ENDING) {
            Program again = restoring ? Program.restore(i) : scenario.run(i, replica);
            moves.add(move(
                    i,
                    restoring ? "init container restarts" : "sidecar restarts",
                    world.without(Fault.RESTART).with(i, replica.at(unfolding.root(again)))));
        }
        if (!restoring && !replica.stale() && world.budget().has(Fault.STALE)) {
            moves.add(move(
                    i,
                    "is cut off until it is stale",
                    world.without(Fault.STALE).with(i, replica.withStale(true)).aged()));
        }
        if (!restoring && replica.stale()) {
            moves.add(move(i, "is heard of again", world.with(i, replica.withStale(false))));
        }
    }

    private void document(World world, List<Move> moves) {
        Blobs blobs = world.blobs();
        if (world.budget().has(Fault.DOCUMENT_LOST) && blobs.document() != null) {
            moves.add(Move.of(
                    "somebody deletes the document",
                    world.without(Fault.DOCUMENT_LOST).with(blobs.withoutDocument())));
        }
        if (world.budget().has(Fault.DOCUMENT_TORN) && blobs.readable() != null) {
            moves.add(Move.of(
                    "somebody overwrites the document with nonsense",
                    world.without(Fault.DOCUMENT_TORN).with(blobs.written("{\"format\":"))));
        }
        if (world.budget().has(Fault.OLD_TOOL)) {
            String name = "backup-2026020100000" + world.budget().of(Fault.OLD_TOOL) + ".tar.gz";
            moves.add(Move.of(
                    "an older tool puts " + name,
                    world.without(Fault.OLD_TOOL).with(blobs.with(name, Shelf.Archive.of("1", Map.of())))));
        }
        if (world.budget().has(Fault.ROT) && blobs.readable() != null) {
            Objects.requireNonNull(blobs.readable())
                    .head()
                    .flatMap(head -> blobs.shelf()
                            .find(head.name())
                            .map(it -> blobs.with(head.name(), Shelf.Archive.of("rot", it.metadata()))))
                    .ifPresent(rotten -> moves.add(Move.of(
                            "the head goes bad", world.without(Fault.ROT).with(rotten))));
        }
    }
}
