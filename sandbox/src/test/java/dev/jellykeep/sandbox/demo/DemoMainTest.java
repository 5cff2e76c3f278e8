package dev.jellykeep.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class DemoMainTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void withoutTheAgentItSaysInOneSentenceHowToStartIt() {
        try (ChildProcess demo = start(folder)) {
            assertThat(demo.awaitExit(BOUND)).isEqualTo(2);
            assertThat(demo.output())
                    .isEqualTo("There is no " + folder.resolve("jellykeep")
                            + ": start the demo as ./demo in Jellykeep's repository.");
        }
    }

    @Test
    void whatGoesWrongEndsTheStoryWithTheLogThatTellsWhyAndLeavesNoFiles() throws Exception {
        Assumptions.assumeTrue(
                Azurite.missing().isEmpty(), () -> Azurite.missing().orElse(""));
        Path tools =
                Files.createSymbolicLink(folder.resolve("tools"), repository().resolve("tools"));
        Path launcher = Files.writeString(folder.resolve("jellykeep"), "#!/bin/sh\necho cannot \"$1\"\nexit 9\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        try (ChildProcess demo = start(folder)) {
            assertThat(demo.awaitExit(BOUND)).isEqualTo(1);
            assertThat(demo.output())
                    .containsPattern("Azurite started +\\d+\\.\\d s")
                    .containsPattern("FAILED +\\d+\\.\\d s")
                    .contains("jellykeep init ended with exit code 9.")
                    .contains("cannot init");
        }
        Files.delete(tools);
        try (var files = Files.list(folder.resolve("tmp"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("jellykeep-demo")))
                    .isEmpty();
        }
    }

    @Test
    void timesAreAlignedAtTheRight() throws Exception {
        var text = new ByteArrayOutputStream();
        var narrator = new Narrator(new PrintStream(text, true, StandardCharsets.UTF_8));
        narrator.step(() -> "one");
        narrator.step(() -> "a longer sentence");
        narrator.end("done");
        assertThat(text.toString(StandardCharsets.UTF_8).lines().map(String::length))
                .containsOnly(100);
    }

    private ChildProcess start(Path root) {
        return JavaProcess.of(DemoMain.class)
                .classPath(JDBC.class)
                .machine("-Djellykeep.root=" + root)
                .start(folder, "demo");
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("tools")) ? here : java.util.Objects.requireNonNull(here.getParent());
    }
}
