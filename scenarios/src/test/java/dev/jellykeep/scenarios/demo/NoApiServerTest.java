package dev.jellykeep.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.scenarios.town.Programs;
import dev.jellykeep.scenarios.town.Town;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository whose recipe can't build an API server, as without Go.
class NoApiServerTest {
    private static final String WHY = "An API server is built with Go: install it.";
    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir
    Path root;

    @Test
    void a_missing_api_server_ends_the_demo_and_its_sentence_names_the_mock_that_nobody_gets_unasked()
            throws IOException {
        assumeTrue(Town.missing().isEmpty(), () -> Town.missing().orElse(""));
        for (var built : List.of("agent/target/jellykeep.jar", "operator/target/run.classpath")) {
            Files.createDirectories(root.resolve(built).getParent());
            Files.createFile(root.resolve(built));
        }
        Files.createDirectories(root.resolve("tools/kube"));
        Files.writeString(root.resolve("tools/kube/install"), "echo '" + WHY + "' >&2\nexit 1\n");
        for (var tool : List.of("azurite", "find-jdk")) {
            Path link = root.resolve("tools").resolve(tool);
            Files.createSymbolicLink(
                    link, Programs.repository().resolve("tools").resolve(tool));
        }

        try (var demo = JavaProcess.of(DemoMain.class)
                .classPath(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .machine("-Djellykeep.root=" + root)
                .start(root.resolve("logs"), "demo")) {
            assertThat(demo.awaitExit(BOUND)).isEqualTo(2);
            assertThat(demo.output()).isEqualTo(WHY + " Or do without: ./demo --mock-kubernetes, which proves less.");
        }
    }
}
