package dev.jellykeep.agent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few points of what `tools/attack` tries all of. `-Dseed=N` chooses them.
class AttackTest {
    private static final String POINTS = "3";

    @TempDir
    Path work;

    @Test
    void noFaultOfTheDiskSpoilsWhatIsSavedOrComesBack() {
        String seed = Long.toString(Long.getLong("seed", System.nanoTime()));
        try (var attack = JavaProcess.named(AttackMain.class)
                .machine("-Djava.nio.file.spi.DefaultFileSystemProvider=" + AttackedProvider.class.getName())
                .classPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .arguments(work.resolve("attack").toString(), POINTS, seed, "1/1")
                .start(work, "attack")) {
            int code = attack.awaitExit(Duration.ofMinutes(4));
            assertThat(code).as(attack.output()).isZero();
            assertThat(attack.output()).contains("102 points, 0 wrong");
        }
    }
}
