package dev.jellykeep.agent.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.azurite.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The small form of `tools/soak`.
@Execution(ExecutionMode.CONCURRENT)
class SoakTest {
    @TempDir
    Path work;

    @Test
    void noArchiveMissesWhatWasCommittedBeforeItsBackupBegan() throws IOException {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite runs here");
        List<String> said = new ArrayList<>();
        try (var soak = new Soak(work, 2_000, said::add)) {
            assertThat(soak.backups(5)).as(() -> String.join("\n", said)).isZero();
        }
    }
}
