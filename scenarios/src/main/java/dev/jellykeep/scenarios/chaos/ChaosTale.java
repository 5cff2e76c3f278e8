package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Tale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Many random lives, a few at a time. Each that isn't what it may be is told at once, with the seed that replays it;
/// the others are lived to their ends all the same.
public final class ChaosTale implements Tale {
    private final Narrator narrator;
    private final List<Home> homes;
    private final int rounds;
    private final long seed;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Tally> tally = new AtomicReference<>(Tally.NONE);

    /// @param homes in each a life is lived at a time; most of one is waiting
    /// @param seed of the first life; the next ones count up
    public ChaosTale(Narrator narrator, List<Home> homes, int rounds, long seed) {
        this.narrator = narrator;
        this.homes = List.copyOf(homes);
        this.rounds = rounds;
        this.seed = seed;
    }

    @Override
    public void tell() throws IOException {
        narrator.say("%d random lives, %d at a time; replay one with ./demo --chaos 1 --seed SEED"
                .formatted(rounds, homes.size()));
        var lanes = homes.stream()
                .map(home -> Thread.ofPlatform().name("lane").start(() -> play(home)))
                .toList();
        for (var lane : lanes) {
            join(lane);
        }
        var all = tally.get();
        all.lines().forEach(narrator::say);
        narrator.say("KNOWN: overlap in %d lives, at a cost of %d commits, which are in forks"
                .formatted(all.overlaps(), all.cost()));
        if (!all.failures().isEmpty()) {
            throw new ScenarioFailure("%d of %d lives went wrong:\n%s"
                    .formatted(all.failures().size(), rounds, String.join("\n", all.failures())));
        }
        narrator.say("%d lives, nothing else lost".formatted(all.lives()));
    }

    private static void join(Thread lane) {
        try {
            lane.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted among the lives", e);
        }
    }

    private void play(Home home) {
        for (var round = next.getAndIncrement(); round < rounds; round = next.getAndIncrement()) {
            var own = seed + round;
            var number = round;
            try {
                narrator.step(() -> live(home, own, "life-" + number));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String live(Home home, long own, String name) {
        var moves = Move.from(own);
        var words = moves.stream().map(Move::words).collect(Collectors.joining(", "));
        var life = new Life(home, own);
        try {
            life.begin(name);
            moves.forEach(life::take);
            life.end();
        } catch (RuntimeException e) {
            return failed(own, words, e, home, name);
        }
        var _ = tally.updateAndGet(before -> before.with(moves, life.overlapCost()));
        var known = life.overlapCost() > 0 ? "; KNOWN: overlap cost %d commits".formatted(life.overlapCost()) : "";
        return "%s: %s%s".formatted(told(own), words, known);
    }

    // What a failure comes with fills pages: it goes beside the logs.
    private String failed(long own, String words, RuntimeException e, Home home, String name) {
        var why = String.valueOf(e instanceof ScenarioFailure ? e.getMessage() : e);
        var town = home.town();
        try {
            Files.writeString(town.saveLogs(name).resolve("why.txt"), why);
        } catch (IOException io) {
            throw new UncheckedIOException(io);
        }
        var sentence = "FAILED, replay with ./demo --chaos 1 --seed %d (%s): %s More in %s/%s/why.txt, below the logs."
                .formatted(
                        own,
                        words,
                        why.lines().findFirst().orElse(""),
                        town.options().folder().getFileName(),
                        name);
        var _ = tally.updateAndGet(before -> before.with(sentence));
        return "%s: %s".formatted(told(own), sentence);
    }

    private String told(long own) {
        return "%d/%d, seed %d".formatted(ended.incrementAndGet(), rounds, own);
    }
}
