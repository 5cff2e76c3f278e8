package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.Ending;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Rebuild;
import dev.jellykeep.contract.lineage.Standing;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.explorer.Replica.Job;
import dev.jellykeep.contract.lineage.explorer.Replica.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the agent of one replica may do next: one operation of the store, or one decision.
final class Agent {
    private final Scenario scenario;
    private final Rule removed;
    private final Swaps swaps;

    Agent(Scenario scenario, Rule removed) {
        this.scenario = scenario;
        this.removed = removed;
        this.swaps = new Swaps(scenario, removed);
    }

    List<Move> moves(World world, int i) {
        Replica replica = world.replica(i);
        LineageDocument document = world.document();
        if (!replica.alive()) {
            return List.of();
        }
        if (document == null) {
            LineageDocument rebuilt = Rebuild.of(World.LINEAGE, null, world.existing(true), world.existing(false));
            return List.of(new Move(
                    label(i, "rebuilds"),
                    world.written(rebuilt)
                            .with(i, replica.to(Job.LOOK, null, false).outdated())));
        }
        if (Swaps.writes(replica.job())) {
            return swap(world, i, document);
        }
        return replica.life() == Life.RESTORING ? restore(world, i, document) : run(world, i, document);
    }

    private static String label(int i, String what) {
        return "HNM".charAt(i) + ": " + what;
    }

    private static Move to(World world, int i, Job job, @Nullable String target, String why) {
        return new Move(label(i, why), world.with(i, world.replica(i).to(job, target, Swaps.writes(job))));
    }

    // --- restore

    private List<Move> restore(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        return switch (replica.job()) {
            case LOOK ->
                Standing.of(document, World.id(i), world.holderStale()) != Standing.OTHER
                        ? List.of(to(world, i, Job.PLAN, null, "nobody to ask"))
                        : document.asked()
                                ? List.of(to(world, i, Job.WAIT, null, "asked already"))
                                : List.of(to(world, i, Job.ASK, null, "will ask"));
            case WAIT -> List.of(to(world, i, Job.PLAN, null, "answered, or handoffTimeout"));
            case PLAN -> List.of(plan(world, i, document));
            case PLACE -> List.of(place(world, i));
            default -> throw new IllegalStateException(replica.job().toString());
        };
    }

    private Move plan(World world, int i, LineageDocument document) {
        if (swaps.roll(world, document) instanceof Step.Write) {
            return to(world, i, Job.ROLL, null, "found a whole archive on top of the head");
        }
        String pin = scenario.pinFor(i, document, removed != Rule.PIN_ONCE);
        if (pin == null) {
            return to(world, i, Job.PLACE, headOf(document), "chose the head " + headOf(document));
        }
        if (document.deleting().contains(pin) || world.blob(pin).orElseThrow().gone()) {
            return new Move(
                    label(i, "pinned archive is gone: fails"),
                    world.with(i, world.replica(i).dead(false)));
        }
        boolean hold = removed != Rule.HOLD_PINNED && !document.holds().contains(pin);
        return hold
                ? to(world, i, Job.HOLD, pin, "pinned: will hold")
                : to(world, i, Job.PLACE, pin, "chose the pinned " + pin);
    }

    private Move place(World world, int i) {
        Replica replica = world.replica(i);
        String target = replica.target();
        Optional<Blob> blob = world.blob(target);
        boolean byPin = scenario.pin().contains(i) && Scenario.archive(0).equals(target);
        if (blob.filter(Blob::gone).isPresent()) {
            if (byPin) {
                throw new Violation("the archive that a pinned restore had chosen was pruned");
            }
            return to(world, i, Job.LOOK, null, "archive vanished: again");
        }
        return new Move(
                label(i, "restored " + target), world.with(i, replica.placed(world.dataOf(target), target, byPin)));
    }

    // --- run

    private List<Move> run(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        return switch (replica.job()) {
            case LOOK -> look(world, i, document);
            case PUT -> List.of(put(world, i, document));
            case DELETE -> List.of(delete(world, i, document));
            case EXIT -> List.of(new Move(label(i, "ends"), world.with(i, replica.dead(true))));
            default -> throw new IllegalStateException(replica.job().toString());
        };
    }

    private List<Move> look(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        String me = World.id(i);
        if (replica.life() == Life.ENDING && replica.ending() == null) {
            Ending ending = Ending.decide(document, me, world.holderStale(), null);
            return List.of(new Move(label(i, "decides late"), world.with(i, replica.withEnding(ending))));
        }
        if (replica.ending() instanceof Ending.Winner winner && Ending.lostSince(winner, document, me)) {
            return List.of(new Move(
                    label(i, "another has claimed since"), world.with(i, replica.withEnding(new Ending.Loser()))));
        }
        Standing standing = Standing.of(document, me, world.holderStale() || removed == Rule.WAIT_FOR_HOLDER);
        boolean lost = replica.ending() instanceof Ending.Loser && removed != Rule.DECIDE_ONCE;
        boolean news = (standing == Standing.OTHER || lost) ? changed(world, i) : news(world, i, document);
        news &= replica.healthy() || removed == Rule.HEALTH;
        boolean may = standing == Standing.GONE && !lost && (replica.healthy() || removed == Rule.HEALTH);
        if (replica.uploaded() != null) {
            Move register = to(world, i, Job.REGISTER, null, "will register " + replica.uploaded());
            return may ? List.of(register, to(world, i, Job.CLAIM, null, "nobody holds")) : List.of(register);
        }
        return replica.life() == Life.ENDING
                ? List.of(end(world, i, document, standing, news, may))
                : serve(world, i, document, standing, news, may);
    }

    private Move end(World world, int i, LineageDocument document, Standing standing, boolean news, boolean may) {
        if (standing == Standing.MINE) {
            return news ? put(world, i, document.epoch(), "final snapshot") : to(world, i, Job.SEAL, null, "unchanged");
        }
        if (!news) {
            return to(world, i, Job.EXIT, null, "nothing to save");
        }
        return may ? to(world, i, Job.CLAIM, null, "nobody holds") : put(world, i, 0, "final snapshot, a fork");
    }

    private List<Move> serve(
            World world, int i, LineageDocument document, Standing standing, boolean news, boolean may) {
        List<Move> moves = new ArrayList<>();
        if (standing == Standing.MINE) {
            if (news) {
                moves.add(put(world, i, document.epoch(), "snapshot"));
            } else if (document.asked()) {
                moves.add(to(world, i, Job.ANSWER, null, "asked, unchanged"));
            }
            prune(world, i, document).ifPresent(moves::add);
        } else if (may) {
            moves.add(to(world, i, Job.CLAIM, null, "nobody holds"));
        } else if (news) {
            moves.add(put(world, i, 0, "snapshot, a fork"));
        }
        return moves;
    }

    private Optional<Move> prune(World world, int i, LineageDocument document) {
        if (!document.deleting().isEmpty()) {
            return Optional.of(to(world, i, Job.DELETE, document.deleting().getFirst(), "doomed earlier"));
        }
        Budget budget = world.budget();
        return document.history().stream()
                .map(Listed::name)
                .filter(name -> budget.prune() > 0 && !name.equals(headOf(document)))
                .filter(name -> !document.holds().contains(name))
                .findFirst()
                .map(name -> to(
                        world.with(budget.prune(-1)),
                        i,
                        removed == Rule.DOOM_FIRST ? Job.DELETE : Job.DOOM,
                        name,
                        "prunes " + name));
    }

    private static Move put(World world, int i, long epoch, String why) {
        return new Move(label(i, why), world.with(i, world.replica(i).toPut(epoch)));
    }

    private Move put(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        long sequence =
                world.blob(replica.tip()).map(tip -> tip.facts().sequence()).orElse(0L) + 1;
        String name = (replica.epoch() > 0 ? "" : "forks/" + World.id(i) + "/")
                + Scenario.archive(world.blobs().size());
        Archived facts = new Archived(
                name,
                World.LINEAGE,
                World.id(i),
                replica.epoch(),
                sequence,
                replica.tip(),
                "sha",
                swaps.openPin(replica, document));
        return new Move(
                label(i, "put " + name),
                world.put(new Blob(facts, replica.data(), false, false)).with(i, replica.withUploaded(name)));
    }

    private Move delete(World world, int i, LineageDocument document) {
        String target = String.valueOf(world.replica(i).target());
        boolean rebuilt = world.budget().documentLost() < scenario.budget().documentLost();
        boolean listed = document.listed().anyMatch(each -> each.name().equals(target));
        if (rebuilt ? target.equals(headOf(document)) : listed) {
            throw new Violation("a pruner deletes " + target + ", which is listed");
        }
        if (document.holds().contains(target) && !rebuilt) {
            throw new Violation("a pruner deletes " + target + ", which is held");
        }
        return new Move(
                label(i, "deletes " + target),
                world.deleted(target).with(i, world.replica(i).to(Job.DROP, target, false)));
    }

    private static boolean changed(World world, int i) {
        Replica replica = world.replica(i);
        return replica.data() != world.dataOf(replica.tip());
    }

    private boolean news(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        boolean pin = replica.pinned() && !Scenario.TOKEN.equals(document.pin()) && removed != Rule.PIN_ONCE;
        return changed(world, i) || pin || (removed != Rule.FORK_IS_NEWS && onOwnFork(replica, i, document));
    }

    private static boolean onOwnFork(Replica replica, int i, LineageDocument document) {
        return document.forks().stream()
                .filter(fork -> fork.owner().equals(World.id(i)))
                .map(Fork::tip)
                .anyMatch(tip -> tip.name().equals(replica.tip()));
    }

    static @Nullable String headOf(LineageDocument document) {
        return document.head().map(Listed::name).orElse(null);
    }

    // --- compare and swap: applied, refused, failed, applied with its reply lost

    private List<Move> swap(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        Job job = replica.job();
        if (!replica.fresh()) {
            return List.of(new Move(label(i, job + ": 412"), again(world, i, false)));
        }
        return switch (swaps.of(world, i, document)) {
            case Step.Done() -> List.of(new Move(label(i, job + ": done already"), done(world, i)));
            case Step.Refused(String why) -> List.of(new Move(label(i, job + ": " + why), again(world, i, true)));
            case Step.Write(LineageDocument next) -> outcomes(world, i, document, next);
        };
    }

    private List<Move> outcomes(World world, int i, LineageDocument document, LineageDocument next) {
        Job job = world.replica(i).job();
        Invariants.onWrite(world, document, next, i, job);
        World after = world.written(next);
        List<Move> moves = new ArrayList<>();
        moves.add(new Move(label(i, job + ": ok"), done(after, i)));
        if (world.budget().lost() > 0) {
            World faulty = after.with(world.budget().lost(-1));
            moves.add(new Move(label(i, job + ": applied, reply lost"), again(faulty, i, false)));
            moves.add(new Move(
                    label(i, job + ": failed"), again(world.with(world.budget().lost(-1)), i, false)));
        }
        return moves;
    }

    private static World done(World world, int i) {
        Replica replica = world.replica(i);
        return switch (replica.job()) {
            case ASK -> world.with(i, replica.to(Job.WAIT, null, false));
            case ROLL, HOLD -> world.with(i, replica.to(Job.PLAN, null, false));
            case SEAL -> world.with(i, replica.to(Job.EXIT, null, false));
            case DOOM -> world.with(i, replica.to(Job.DELETE, replica.target(), false));
            case REGISTER -> {
                String name = Objects.requireNonNull(replica.uploaded());
                yield world.acknowledged(name).with(i, replica.registered(name));
            }
            default -> world.with(i, replica.to(Job.LOOK, null, false));
        };
    }

    private World again(World world, int i, boolean refused) {
        Replica replica = world.replica(i);
        if (!refused && removed == Rule.REREAD_AFTER_412 && replica.job() == Job.REGISTER) {
            return moveAside(world, i);
        }
        boolean planned = replica.job() == Job.ROLL || replica.job() == Job.HOLD;
        return world.with(i, replica.to(planned ? Job.PLAN : Job.LOOK, null, false));
    }

    /// The mutant that takes every failure for supersession: copy to `forks/`, delete the original.
    private static World moveAside(World world, int i) {
        Replica replica = world.replica(i);
        Blob blob = world.blob(replica.uploaded()).orElseThrow();
        if (blob.facts().epoch() == 0) {
            return world.with(i, replica.to(Job.LOOK, null, false));
        }
        Archived old = blob.facts();
        Archived moved = new Archived(
                "forks/" + old.name(),
                old.lineage(),
                old.owner(),
                0,
                old.sequence(),
                old.parent(),
                old.sha256(),
                old.pinToken());
        return world.deleted(old.name())
                .put(new Blob(moved, blob.data(), false, false))
                .with(i, replica.withUploaded(moved.name()));
    }
}
