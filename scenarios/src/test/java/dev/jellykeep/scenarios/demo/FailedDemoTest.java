package dev.jellykeep.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.replicas.Mappings;
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

/// A repository whose operator ends as soon as it is started.
class FailedDemoTest {
    private static final Duration BOUND = Duration.ofMinutes(8);

    @TempDir
    Path root;

    @TempDir
    Path temporary;

    @Test
    void a_demo_whose_check_fails_ends_with_1_and_leaves_its_logs_below_target_and_nothing_else() throws IOException {
        var missing = Programs.missing(Programs.repository()).or(() -> Town.missing(Mappings.ALL));
        assumeTrue("true".equals(System.getenv("CI")) || missing.isEmpty(), () -> missing.orElse(""));
        for (var from : List.of("agent", "crds", "jellykeep", "tools")) {
            Path _ = Files.createSymbolicLink(
                    root.resolve(from), Programs.repository().resolve(from));
        }
        Files.createDirectories(root.resolve("scenarios/target"));
        Files.createDirectories(root.resolve("operator/target"));
        Files.createFile(root.resolve("operator/target/run.classpath"));
        var operator = Files.writeString(root.resolve("jellykeep-operator"), "#!/bin/sh\necho I can not.\nexit 70\n");
        assertThat(operator.toFile().setExecutable(true)).isTrue();

        try (var demo = JavaProcess.of(DemoMain.class)
                .classPath(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .machine("-Djellykeep.root=" + root)
                .machine("-Djava.io.tmpdir=" + temporary)
                .machine("--sun-misc-unsafe-memory-access=allow")
                .arguments("--mock-kubernetes", "--path-mapping", "--port-mapping")
                .start(root.resolve("logs"), "demo")) {
            assertThat(demo.awaitExit(BOUND)).as(demo.output()).isEqualTo(1);
            assertThat(demo.output()).contains("FAILED", "I can not.", "Stalled is ScopeDenied");
        }
        try (var kept = Files.walk(root.resolve("scenarios/target"))) {
            assertThat(kept.map(path -> path.getFileName().toString())).contains("system.jsonl", "operator.log");
        }
        try (var left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }
}
