package dev.jellykeep.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
    @TempDir
    Path folder;

    /// Plugins and people make such links, and a restore must not end at one.
    @Test
    void aLinkThatLeadsBackToItselfIsAFailureOfTheDisk() throws IOException {
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertThatCode(() -> assertThat(Presence.isThere(loop)).isFalse()).doesNotThrowAnyException();
        assertThat(Presence.isFile(loop)).isFalse();
        assertThat(Presence.isThere(loop, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void whatLiesBelowAFileOrHasTooLongANameIsNowhere() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(Presence.isThere(file.resolve("below"))).isFalse();
        assertThat(Presence.isThere(folder.resolve("x".repeat(300)))).isFalse();
    }
}
