package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that were changed never escape, hang or ask for more than their limits. The long form is `tools/fuzz bytes`.
class MutatedArchivesTest {
    private static final int EACH = 60;
    private static final Duration HANGS = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 20) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changedBytesAreRefusedOrHarmless(long seed) {
        Assertions.assertTimeoutPreemptively(
                HANGS, () -> assertThat(ChangedBytes.round(folder, seed, EACH)).isBetween(0, EACH - 1));
    }
}
