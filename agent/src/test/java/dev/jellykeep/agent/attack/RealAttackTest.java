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
    void whoIsKilledAtAnyCallLeavesNothingThatTheNextOneStumblesOver() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        RealAttack attack = new RealAttack(work, seed, _ -> {});
        attack.atCalls(1);
        assertThat(attack.wrong()).as("seed %d", seed).isEmpty();
        assertThat(attack.points()).isEqualTo(5 + 5);
    }
}
