package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.restore.Pins;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a person's commands begin with, and what must hold once such a one was given again.
///
/// @param name of the archive that it is about
/// @param history that the line has when it is done
/// @param beside it, in one fork
record ByHand(String name, List<String> history, List<String> beside) {
    private static final String FILE = "by-hand";
    private static final Duration GONE_AFTER = Duration.ofMillis(200);
    private static final int MUCH = 4 << 20;

    /// By a replica that is alive.
    static Place held(Place place) {
        change(place, document -> document.withHolder("somebody", document.epoch() + 1));
        return place;
    }

    /// The head is there, and the document doesn't know of it.
    static Place unregistered(Place place) {
        change(place, document -> {
            List<Listed> history = document.history();
            return document.withLine(history.subList(0, history.size() - 1), document.forks());
        });
        return place;
    }

    /// What was to be saved is in a fork, once the command was given again, and the head is what it was.
    static void besideTheLine(Place place, Base base, StoreVictim.Ended ended) throws IOException {
        place.requireGoodStore();
        if (ended.code() == ExitCode.STORED_AS_FORK && !place.hasSomewhere(Base.NEW)) {
            throw new AssertionError("it says that it has saved, and hasn't");
        }
        Cli.Answer again = place.cli().run("backup");
        if (again.code() != ExitCode.STORED_AS_FORK && again.code() != ExitCode.OK) {
            throw new AssertionError("given again: " + again);
        }
        place.requireGoodStore();
        if (!place.hasSomewhere(Base.NEW)) {
            throw new AssertionError("what was to be saved is nowhere");
        }
        place.requireHead(base.back(), Base.OLD);
    }

    /// A fork of two archives, beside a line that went on.
    static Place forked(Path at, Base base) throws IOException {
        Place place = base.copy(at, true, true);
        place = held(place);
        for (String note : List.of("what was forked first", Base.NEW)) {
            place.write(note);
            place.cli().run("backup").expect(ExitCode.STORED_AS_FORK);
        }
        change(place, document -> document.withState(true, null));
        Path other = Files.createDirectories(at.resolve("other"));
        place.cli("other").run("restore").expect(ExitCode.OK);
        ServerData.touch(JellyfinFolders.official(other), Base.LAST);
        place.cli("other").run("backup").expect(ExitCode.OK);
        return place;
    }

    /// A snapshot that was refused for being much smaller than the head.
    static Place refused(Path at, Base base) throws IOException {
        Place place = base.copy(at, true, true);
        place.write("x".repeat(MUCH));
        place.cli().run("backup").expect(ExitCode.OK);
        place.write(Base.NEW);
        place.cli().run("backup").expect(ExitCode.REFUSED);
        return place;
    }

    /// It becomes the head; what went on without it stays as a fork.
    static ByHand promote(Place place) {
        LineageDocument document = document(place);
        List<String> history = names(document.history());
        if (document.forks().isEmpty()) {
            String suspect = suspects(place).getFirst();
            history.add(suspect);
            return new ByHand(suspect, history, List.of());
        }
        List<String> fork = names(document.forks().getFirst().archives());
        String head = history.removeLast();
        history.addAll(fork);
        return new ByHand(fork.getLast(), history, List.of(head));
    }

    static ByHand drop(Place place) {
        LineageDocument document = document(place);
        return new ByHand(document.forks().getFirst().tip().name(), names(document.history()), List.of());
    }

    static ByHand pin(Place place) {
        LineageDocument document = document(place);
        return new ByHand(document.history().getFirst().name(), names(document.history()), List.of());
    }

    /// Kept beside the data, for who judges.
    Place in(Place place) throws IOException {
        Files.writeString(
                place.at().resolve(FILE), name + "\n" + String.join(" ", history) + "\n" + String.join(" ", beside));
        return place;
    }

    static ByHand of(Place place) throws IOException {
        List<String> lines = Files.readString(place.at().resolve(FILE)).lines().toList();
        return new ByHand(
                lines.get(0),
                List.of(lines.get(1).split(" ")),
                lines.size() < 3 ? List.of() : List.of(lines.get(2).split(" ")));
    }

    /// Gives the command again, when whoever held the lineage then is gone.
    ///
    /// @param done how the command refuses what it has done before
    void again(Place place, boolean isDone, String done, String... command) throws IOException {
        place.requireGoodStore();
        Cli.Answer answer = afterTheHolder(place).run(command);
        if (!(isDone
                && !done.isEmpty()
                && answer.code() == ExitCode.USAGE
                && answer.err().contains(done))) {
            answer.expect(ExitCode.OK);
        }
        place.requireGoodStore();
        LineageDocument document = document(place);
        List<List<String>> forks =
                document.forks().stream().map(Fork::archives).map(ByHand::names).toList();
        if (!names(document.history()).equals(history)
                || !forks.equals(beside.isEmpty() ? List.of() : List.of(beside))
                || !document.deleting().isEmpty()
                || (document.holder() != null && !document.sealed())) {
            throw new AssertionError("in place of " + this + " there is " + document);
        }
        List<String> there = new ArrayList<>(place.archives());
        there.addAll(suspects(place));
        List<String> wanted = new ArrayList<>(history);
        wanted.addAll(beside);
        if (!there.stream()
                .distinct()
                .sorted()
                .toList()
                .equals(wanted.stream().sorted().toList())) {
            throw new AssertionError("in place of " + wanted + " there are " + there);
        }
    }

    /// A command that was killed may have held the lineage: the next one, when that counts no more.
    static Cli afterTheHolder(Place place) {
        awaitNobody(place);
        return place.cli()
                .with("JELLYKEEP_HEARTBEAT", "100ms")
                .with("JELLYKEEP_STALE_AFTER", GONE_AFTER.toMillis() + "ms");
    }

    private static void awaitNobody(Place place) {
        try (BlobStore store = place.open()) {
            LineageStore lineage = new LineageStore(store, GONE_AFTER);
            Await.until(() -> "the holder is gone: " + document(place), () -> {
                Reading.Present at = lineage.require();
                return at.document().sealed() || at.document().holder() == null || lineage.holderIsStale(at);
            });
        }
    }

    /// And nobody holds the line.
    boolean isHead(Place place) {
        LineageDocument document = document(place);
        return document.sealed()
                && document.head().map(Listed::name).filter(name::equals).isPresent();
    }

    boolean isNamed(Place place) {
        return document(place).names(name);
    }

    boolean isPinned(Place place) {
        LineageDocument document = document(place);
        try (BlobStore store = place.open()) {
            return Pins.read(store)
                    .filter(pin -> pin.archive().equals(name) && pin.isOpen(document))
                    .isPresent();
        }
    }

    private static LineageDocument document(Place place) {
        return place.document().orElseThrow();
    }

    private static List<String> suspects(Place place) {
        try (BlobStore store = place.open()) {
            return Catalogue.of(store).suspects().stream()
                    .map(item -> item.blob().name())
                    .toList();
        }
    }

    private static List<String> names(List<Listed> archives) {
        return new ArrayList<>(archives.stream().map(Listed::name).toList());
    }

    /// Writes the document anew.
    static void change(Place place, Function<LineageDocument, LineageDocument> to) {
        try (BlobStore store = place.open()) {
            var _ = new LineageStore(store, Duration.ofMinutes(2)).apply(at -> new Step.Write(to.apply(at.document())));
        }
    }
}
