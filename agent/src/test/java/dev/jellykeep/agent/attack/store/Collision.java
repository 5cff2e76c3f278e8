package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Two agents with data of their own that back up at once, and name their archives alike.
///
/// @param place with the store
/// @param roots data roots of both, restored from the same head
record Collision(Place place, List<String> roots) {
    private static final String COMMIT = "commit ";

    /// What became of it.
    ///
    /// @param collided both have tried to commit under one name
    /// @param codes how both have ended
    record Outcome(boolean collided, List<ExitCode> codes, List<String> order) {}

    static Collision prepare(Path at, Base base) throws IOException {
        Place place = base.copy(at, true, false);
        List<String> roots = List.of("root", "other");
        for (String root : roots) {
            Files.createDirectories(at.resolve(root));
            place.cli(root).run("restore").expect(ExitCode.OK);
        }
        return new Collision(place, roots);
    }

    /// Three times of four so that both come to their commit before one of them makes it.
    ///
    /// @throws AssertionError with what doesn't hold
    Outcome play(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        return play(random, random.nextInt(4) == 0 ? "" : COMMIT);
    }

    /// Both come to their commit before one of them makes it.
    ///
    /// @throws AssertionError with what doesn't hold
    Outcome playAtOneName(long seed) throws IOException, InterruptedException {
        return play(new Random(seed), COMMIT);
    }

    private Outcome play(Random random, String barrier) throws IOException, InterruptedException {
        Turns turns = new Turns(random, roots.size(), barrier);
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        Instant now = Instant.now();
        Map<String, String> before = archives();
        Cli.Answer[] answers = new Cli.Answer[roots.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < roots.size(); i++) {
            int agent = i;
            write(i, "data of " + i);
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    answers[agent] = place.cli(roots.get(agent))
                            .outside(new Outside(
                                    store -> new SharedStore(store, agent, turns, now, names::add), _ -> {}))
                            .run("backup");
                } finally {
                    turns.over(agent);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        requireNothingOverwritten(before, archives());
        Set<String> tried = new HashSet<>();
        boolean collided =
                names.stream().map(each -> each.substring(0, each.indexOf(' '))).anyMatch(name -> !tried.add(name));
        requireOneWinner(names);
        List<ExitCode> codes = new ArrayList<>();
        for (Cli.Answer answer : answers) {
            codes.add(answer.code());
            requireTold(answer);
        }
        Map<String, String> after = archives();
        for (int i = 0; i < roots.size(); i++) {
            Cli.Answer again = place.cli(roots.get(i)).run("backup");
            if (again.code() != ExitCode.OK && again.code() != ExitCode.STORED_AS_FORK) {
                throw new AssertionError("the next backup of " + i + " ended " + again.code() + ": " + again.err());
            }
        }
        requireNothingOverwritten(after, archives());
        requireAllThere();
        return new Outcome(collided, codes, turns.order());
    }

    private void write(int agent, String text) throws IOException {
        ServerData.touch(
                dev.jellykeep.sandbox.standin.JellyfinFolders.official(
                        place.at().resolve(roots.get(agent))),
                text);
    }

    private Map<String, String> archives() {
        try (BlobStore store = place.open()) {
            Map<String, String> all = new TreeMap<>();
            for (Catalogue.Item item : Catalogue.of(store).archives().values()) {
                BlobFacts blob = item.blob();
                all.put(blob.name(), blob.etag() + " " + blob.metadata());
            }
            return all;
        }
    }

    private static void requireNothingOverwritten(Map<String, String> before, Map<String, String> after) {
        before.forEach((name, was) -> {
            if (!was.equals(after.get(name))) {
                throw new AssertionError(name + " was " + was + " and is " + after.get(name));
            }
        });
    }

    private static void requireOneWinner(List<String> names) {
        Set<String> won = new HashSet<>();
        for (String each : names) {
            if (each.endsWith(" won") && !won.add(each)) {
                throw new AssertionError("both have won: " + names);
            }
        }
        for (String each : names) {
            if (!won.contains(each.replace(" lost", " won"))) {
                throw new AssertionError("nobody has won: " + names);
            }
        }
    }

    private static void requireTold(Cli.Answer answer) {
        boolean good = switch (answer.code()) {
            case OK, STORED_AS_FORK -> true;
            case STORE_UNREACHABLE ->
                answer.err().contains("CHANGED: another agent has just written")
                        && answer.err().contains("nothing was overwritten");
            default -> false;
        };
        if (!good) {
            throw new AssertionError("one ended " + answer.code() + ": " + answer.err());
        }
    }

    /// Whatever one of them had is in the head or beside it.
    private void requireAllThere() throws IOException {
        place.requireGoodStore();
        Set<String> notes = new HashSet<>();
        for (String name : archives().keySet()) {
            Path back = Files.createTempDirectory(place.at(), "extracted");
            place.cli().run("extract", name, back.resolve("data").toString()).expect(ExitCode.OK);
            notes.add(Place.note(back.resolve("data")));
        }
        for (int i = 0; i < roots.size(); i++) {
            if (!notes.contains("data of " + i)) {
                throw new AssertionError("the data of " + i + " are in no archive: " + notes);
            }
        }
    }
}
