package dev.jellykeep.agent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few points of what `tools/attack-processes` tries all of. `-Dseed=N` chooses them.
class RealAttackTest {
    @TempDir
    Path work;

    @Test
    void whoIsKilledAtAnyCallOrTimeLeavesNothingThatTheNextOneStumblesOver() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        RealAttack attack = new RealAttack(work, seed, _ -> {});
        attack.atCalls(1);
        attack.atTimes(2);
        assertThat(attack.wrong()).as("seed %d", seed).isEmpty();
        int victims = Victim.values().length;
        assertThat(attack.points()).isGreaterThanOrEqualTo(victims + victims + victims + 2);
    }
}
