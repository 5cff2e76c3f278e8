package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call of an agent's code may come to: done, refused, failed, done with its reply lost, done later.
record StoreMoves(Scenario scenario, Invariants invariants) {
    private static final Duration STALE = Duration.ofHours(1);

    /// An answer that hangs on nothing that another replica does, so that it is given at once.
    ///
    /// @return null: it is a call whose moment matters
    @Nullable
    Move local(World world, int i, Call call) {
        Replica replica = world.replica(i);
        return switch (call) {
            case Call.Health() -> answer(world, i, replica.healthy() ? Reply.YES : Reply.NO);
            case Call.Data() -> answer(world, i, new Reply.Number(replica.data()));
            case Call.Told() -> answer(world, i, replica.life() == Replica.Life.ENDING ? Reply.YES : Reply.NO);
            case Call.SinceTold() ->
                answer(world, i, new Reply.Number((int) world.sinceTold(i).toSeconds()));
            case Call.Placed(var identity, int data) ->
                answer(world.with(i, replica.placed(identity, data)), i, Reply.DONE);
            case Call.Indexed(Index index) -> answer(world.with(i, replica.with(index)), i, Reply.DONE);
            case Call.Put _ -> answer(world.with(i, replica.withStale(false)), i, Reply.DONE);
            case Call.Listing(String prefix)
            when prefix.equals(BlobLayout.CONTROL) && scenario.budget().has(Budget.Fault.YIELD) -> null;
            case Call.Listing(String prefix)
            when !prefix.isEmpty() -> answer(world, i, new Reply.Archives(Shelf.EMPTY, false));
            case Call.Facts(String name)
            when name.startsWith(BlobLayout.CONTROL) && !scenario.budget().has(Budget.Fault.YIELD) ->
                answer(world, i, Reply.ABSENT);
            case Call.Read(String name)
            when name.equals(BlobLayout.status(Program.name(i))) ->
                answer(world, i, new Reply.Text("{}", "e", Duration.ZERO));
            case Call.Read(String name) when name.equals(BlobLayout.RESTORE) -> answer(world, i, pin());
            case Call.Read(String name) when name.startsWith(BlobLayout.CONTROL) -> answer(world, i, Reply.ABSENT);
            case Call.PutIfAbsent(String name, String _)
            when !name.equals(BlobLayout.LINEAGE) -> answer(world, i, Reply.DONE);
            default -> null;
        };
    }

    private static Move answer(World world, int i, Reply reply) {
        return new Move("", world, i, reply);
    }

    private Reply pin() {
        String pinned = scenario.pinned();
        return pinned == null
                ? Reply.ABSENT
                : new Reply.Text(
                        new String(new Pin(pinned, Scenario.TOKEN, List.of()).toBytes(), StandardCharsets.UTF_8),
                        "pin",
                        Duration.ZERO);
    }

    /// What may become of a call whose moment matters.
    List<Move> moves(World world, int i, Call call) {
        Blobs blobs = world.blobs();
        List<Move> moves = new ArrayList<>();
        switch (call) {
            case Call.Read(String name)
            when name.equals(BlobLayout.LINEAGE) -> {
                moves.add(move(world, i, "reads the document", document(blobs.document())));
                unread(world, i, moves);
                if (world.budget().has(Budget.Fault.OLD_READ) && blobs.before() != null) {
                    moves.add(move(
                            world.without(Budget.Fault.OLD_READ),
                            i,
                            "reads the document of before",
                            document(blobs.before())));
                }
            }
            case Call.Read(String name) -> moves.add(move(world, i, "looks at a heartbeat", heartbeat(world, name)));
            case Call.ReadIfChanged(String _, String etag) -> {
                boolean same =
                        blobs.document() != null && blobs.document().etag().equals(etag);
                moves.add(move(
                        world,
                        i,
                        same ? "sees the same document" : "reads the document",
                        same ? Reply.UNCHANGED : document(blobs.document())));
                unread(world, i, moves);
            }
            case Call.Facts(String name)
            when name.startsWith(BlobLayout.CONTROL) ->
                moves.add(move(world, i, "looks whether it is to yield", requests(world, i)));
            case Call.Listing(String prefix)
            when prefix.equals(BlobLayout.CONTROL) -> moves.add(move(world, i, "lists requests", requests(world, i)));
            case Call.Facts(String name) ->
                moves.add(move(
                        world,
                        i,
                        "looks at " + name,
                        blobs.shelf().find(name).isPresent()
                                ? new Reply.Archives(blobs.shelf(), false)
                                : Reply.ABSENT));
            case Call.Listing _ -> {
                moves.add(move(world, i, "lists", new Reply.Archives(blobs.shelf(), scenario.pin() != null)));
                unread(world, i, moves);
            }
            case Call.Open(String name) -> {
                moves.add(move(
                        world,
                        i,
                        "downloads " + name,
                        blobs.shelf()
                                .find(name)
                                .<Reply>map(found -> new Reply.Text(found.text(), "e", Duration.ZERO))
                                .orElse(new Reply.Fails(StoreException.Kind.NOT_FOUND))));
                invariants.onOpen(world, i, name);
            }
            case Call.PutIfAbsent _, Call.Swap _, Call.Commit _, Call.Delete _ -> write(world, i, call, moves);
            case Call.Exit() -> exit(world, i, moves);
            case Call.Turn _ -> moves.add(move(world, i, "next turn", Reply.DONE));
            case Call.Pause() -> {
                moves.add(move(world, i, "looks again", Reply.YES));
                if (world.replica(i).life() == Replica.Life.RESTORING) {
                    moves.add(move(world, i, "has waited enough", Reply.NO));
                }
            }
            default -> throw new IllegalStateException(call.toString());
        }
        return moves;
    }

    private static Move move(World world, int i, String what, Reply reply) {
        return new Move(Names.of(i) + " " + what, world, i, reply);
    }

    private static Reply requests(World world, int i) {
        String name = BlobLayout.request(RequestKind.YIELD, Program.name(i));
        Shelf asked = world.isYielding(i) ? Shelf.EMPTY.with(name, Shelf.Archive.of("", Map.of())) : Shelf.EMPTY;
        return new Reply.Archives(asked, false);
    }

    private static Reply document(Blobs.@Nullable Document document) {
        return document == null ? Reply.ABSENT : new Reply.Text(document.text(), document.etag(), Duration.ZERO);
    }

    private static Reply heartbeat(World world, String name) {
        for (int j = 0; j < world.replicas().size(); j++) {
            if (name.equals(BlobLayout.status(Program.name(j)))) {
                return new Reply.Text("{}", "e", world.replica(j).stale() ? STALE : Duration.ZERO);
            }
        }
        return new Reply.Text("{}", "e", STALE);
    }

    private static void unread(World world, int i, List<Move> moves) {
        if (world.budget().has(Budget.Fault.UNREAD)) {
            moves.add(move(world.without(Budget.Fault.UNREAD), i, "can't read", Reply.UNREACHABLE));
        }
    }

    private void exit(World world, int i, List<Move> moves) {
        moves.add(move(world.with(i, world.replica(i).appEnded()), i, "sees its app gone", Reply.YES));
        if (world.budget().has(Budget.Fault.APP_STAYS)) {
            World late = world.without(Budget.Fault.APP_STAYS)
                    .with(i, world.replica(i).withoutTime());
            moves.add(move(late, i, "has no time left for its app", Reply.NO));
        }
    }

    private void write(World world, int i, Call call, List<Move> moves) {
        String what = Names.of(call);
        @Nullable Blobs after;
        try {
            after = applied(world, i, call);
        } catch (Violation violation) {
            throw new Violation(violation.getMessage() + ", when " + Names.of(i) + " " + what);
        }
        moves.add(
                after == null
                        ? move(world, i, what + ": refused", call instanceof Call.Delete ? Reply.ABSENT : Reply.TAKEN)
                        : move(world.with(after), i, what, Reply.DONE));
        Reply failed = call instanceof Call.Swap ? Reply.LOST : Reply.UNREACHABLE;
        if (world.budget().has(Budget.Fault.LOST)) {
            World faulty = world.without(Budget.Fault.LOST);
            moves.add(move(faulty, i, what + ": failed", failed));
            if (after != null) {
                moves.add(move(faulty.with(after), i, what + ": done, reply lost", failed));
            }
        }
        if (world.budget().has(Budget.Fault.DELAY) && world.blobs().network() == null && after != null) {
            World faulty = world.without(Budget.Fault.DELAY);
            moves.add(move(
                    faulty.with(faulty.blobs().with(new Blobs.Late(i, call))),
                    i,
                    what + ": given up, under way",
                    failed));
        }
    }

    /// What the store holds after a write; null: it refuses.
    @Nullable
    Blobs applied(World world, int i, Call call) {
        Blobs blobs = world.blobs();
        return switch (call) {
            case Call.Swap(String _, String text, String etag) -> {
                if (blobs.document() == null || !blobs.document().etag().equals(etag)) {
                    yield null;
                }
                Blobs after = blobs.written(text);
                invariants.onWrite(world, after, i);
                yield after;
            }
            case Call.PutIfAbsent(String _, String text) -> {
                if (blobs.document() != null) {
                    yield null;
                }
                Blobs after = blobs.written(text);
                invariants.onCreate(world, after);
                yield after;
            }
            case Call.Commit(String name, String text, Map<String, String> metadata) -> {
                if (blobs.shelf().find(name).isPresent()) {
                    yield null;
                }
                yield blobs.with(name, Shelf.Archive.of(text, metadata));
            }
            case Call.Delete(String name) -> {
                if (blobs.shelf().find(name).isEmpty()) {
                    yield null;
                }
                invariants.onDelete(world, name);
                yield blobs.without(name);
            }
            default -> throw new IllegalStateException(call.toString());
        };
    }

    /// What is still under way is done, or never will be.
    List<Move> network(World world) {
        Blobs.Late late = world.blobs().network();
        if (late == null) {
            return List.of();
        }
        World without = world.with(world.blobs().with((Blobs.Late) null));
        List<Move> moves = new ArrayList<>();
        Blobs after = applied(without, late.actor(), late.call());
        if (after != null) {
            moves.add(Move.of("late: " + Names.of(late.actor()) + " " + Names.of(late.call()), without.with(after)));
        }
        moves.add(Move.of("what is under way gets lost", without));
        return moves;
    }
}
