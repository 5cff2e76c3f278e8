package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Tale;
import dev.jellykeep.scenarios.town.Town;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.util.stream.Collectors;

/// Many random lives, one after the other. The first that isn't what it may be ends it, with the seed that replays it.
public final class ChaosTale implements Tale {
    private final Narrator narrator;
    private final Town town;
    private final int rounds;
    private final long seed;
    private int overlaps;

    /// @param seed of the first life; the next ones count up
    public ChaosTale(Narrator narrator, Town town, int rounds, long seed) {
        this.narrator = narrator;
        this.town = town;
        this.rounds = rounds;
        this.seed = seed;
    }

    /// A town in which nobody waits for minutes until a lost replica counts as gone.
    public static TownOptions hurried(TownOptions usual) {
        return usual.withAgentVariable("JELLYKEEP_POLL", "1s")
                .withAgentVariable("JELLYKEEP_HEARTBEAT", "1s")
                .withAgentVariable("JELLYKEEP_STALE_AFTER", "10s");
    }

    @Override
    public void tell() throws IOException {
        narrator.say("%d random lives; replay one with ./demo --chaos 1 --seed SEED".formatted(rounds));
        for (var round = 0; round < rounds; round++) {
            var number = round;
            narrator.step(() -> live(number));
        }
        narrator.say("%d lives, nothing lost, but for KNOWN: overlap in %d".formatted(rounds, overlaps));
    }

    private String live(int round) {
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
            overlaps++;
            return "%d: %s; KNOWN: overlap cost %d commits".formatted(own, words, life.overlapCost());
        }
        return "%d: %s".formatted(own, words);
    }
}
