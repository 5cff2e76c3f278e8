package dev.jellykeep.agent.torment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The small form of what `tools/torments` does with sizes.
class SizesTest {
    @TempDir
    Path work;

    @Test
    void whatIsLargerThanMemoryDoesNotComeBack() throws Exception {
        Sizes sizes = new Sizes(work, "36m", false);
        sizes.grow(24 << 20, 64 << 20);
        Sizes.Ended saved = sizes.backup();
        assertThat(saved.code()).as(saved.said()).isZero();
        Sizes.Ended restored = sizes.restore();
        assertThat(restored.code()).as(restored.said()).isZero();
        assertThat(sizes.differences()).isEmpty();
    }

    @Test
    void filesOfNoBytesDoNotComeBack() throws Exception {
        Sizes sizes = new Sizes(work, "64m", true);
        Files.write(sizes.root().resolve("empty"), new byte[0]);
        Files.write(sizes.root().resolve("empty.db"), new byte[0]);
        Files.createDirectories(sizes.root().resolve("empty folder"));
        assertThat(sizes.backup().code()).isZero();
        Sizes.Ended restored = sizes.restore();
        assertThat(restored.code()).as(restored.said()).isZero();
        assertThat(sizes.differences()).isEmpty();
    }

    @Test
    void anEmptyDataRootBecomesAnArchive() throws Exception {
        Sizes sizes = new Sizes(work, "64m", false);
        Sizes.Ended saved = sizes.backup();
        assertThat(saved.code()).as(saved.said()).isEqualTo(7);
        assertThat(saved.said()).contains("NOT_JELLYFIN", "does not hold Jellyfin's data");
    }
}
