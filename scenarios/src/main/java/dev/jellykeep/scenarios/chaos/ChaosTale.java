package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Tale;
import dev.jellykeep.scenarios.town.Town;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Many random lives, a few at a time. The first that isn't what it may be ends it, with the seed that replays it.
public final class ChaosTale implements Tale {
    /// Most of a life is waiting: this many at a time keep a small machine busy, and not late.
    private static final int LANES = 4;

    private final Narrator narrator;
    private final List<Town> towns;
    private final int rounds;
    private final long seed;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// @param towns in each a life is played at a time
    /// @param seed of the first life; the next ones count up
    public ChaosTale(Narrator narrator, List<Town> towns, int rounds, long seed) {
        this.narrator = narrator;
        this.towns = List.copyOf(towns);
        this.rounds = rounds;
        this.seed = seed;
    }

    /// How many towns that many lives are worth.
    public static int towns(int rounds) {
        return Math.min(rounds, LANES);
    }

    /// A town in which nobody waits for minutes until a lost replica counts as gone.
    public static TownOptions hurried(TownOptions usual) {
        return usual.withAgentVariable("JELLYKEEP_POLL", "1s")
                .withAgentVariable("JELLYKEEP_HEARTBEAT", "1s")
                .withAgentVariable("JELLYKEEP_STALE_AFTER", "5s");
    }

    @Override
    public void tell() throws IOException {
        narrator.say("%d random lives, %d at a time; replay one with ./demo --chaos 1 --seed SEED"
                .formatted(rounds, towns.size()));
        var lanes = towns.stream()
                .map(town -> Thread.ofPlatform().name("lane").start(() -> play(town)))
                .toList();
        for (var lane : lanes) {
            join(lane);
        }
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        narrator.say("%d lives, nothing lost, but for KNOWN: overlap in %d".formatted(rounds, overlaps.get()));
    }

    private static void join(Thread lane) {
        try {
            lane.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted among the lives", e);
        }
    }

    private void play(Town town) {
        try {
            for (var round = next.getAndIncrement(); round < rounds; round = next.getAndIncrement()) {
                if (failure.get() != null) {
                    return;
                }
                var number = round;
                narrator.step(() -> live(town, number));
            }
        } catch (IOException | RuntimeException e) {
            var _ = failure.compareAndSet(null, e);
        }
    }

    private String live(Town town, int round) {
        var own = seed + round;
        var moves = Move.from(own);
        var words = moves.stream().map(Move::words).collect(Collectors.joining(", "));
        var life = new Life(town, own);
        try {
            life.begin("life-" + round);
            moves.forEach(life::take);
            life.end();
        } catch (ScenarioFailure e) {
            throw new ScenarioFailure(
                    "Replay with ./demo --chaos 1 --seed %d (%s): %s".formatted(own, words, e.getMessage()));
        }
        if (life.overlapCost() > 0) {
            overlaps.incrementAndGet();
            return "%d: %s; KNOWN: overlap cost %d commits".formatted(own, words, life.overlapCost());
        }
        return "%d: %s".formatted(own, words);
    }
}
