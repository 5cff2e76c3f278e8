package dev.jellykeep.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandIn;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every block of shell that isn't marked is run, a page's blocks in their order as one script, in a folder that looks
/// like a checkout, with a stopped server's data in `/config`.
class RunnableBlocksTest {
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final List<String> CHECKOUT =
            List.of("charts", "crds", "docs", "examples", "sandbox", "tools", "plugin");

    @TempDir
    Path scratch;

    private Path bin;

    static Stream<String> pages() {
        return Page.all().stream().filter(each -> !script(each).isEmpty()).map(Page::name);
    }

    @BeforeEach
    void checkout() throws IOException {
        if (!Files.exists(Page.ROOT.resolve("agent/target/jellykeep.jar"))) {
            giveUp("the agent isn't built: run ./mvnw -DskipTests package");
        }
        bin = Files.createDirectory(scratch.resolve("bin"));
        for (String each : CHECKOUT) {
            if (Files.exists(Page.ROOT.resolve(each))) {
                Files.createSymbolicLink(scratch.resolve(each), Page.ROOT.resolve(each));
            }
        }
        for (String each : List.of("jellykeep", "jellykeep-operator")) {
            program(bin.resolve(each), Page.ROOT.resolve(each));
            program(scratch.resolve(each), Page.ROOT.resolve(each));
        }
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        for (String each : CHECKOUT) {
            Files.deleteIfExists(scratch.resolve(each));
        }
        ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(scratch.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aReaderCanTypeEveryBlock(String page) throws Exception {
        String script = script(Page.of(page));
        if (script.contains("sqlite3 ")) {
            requireOnPath("sqlite3");
        }
        if (script.contains("/config")) {
            var folders = JellyfinFolders.official(Files.createDirectories(scratch.resolve("config")));
            try (var server = StandIn.in(folders).users(3).libraryMegabytes(1).start(scratch.resolve("standin"))) {
                server.facts();
            }
            stoppedAMinuteAgo();
        }
        Result result = run(script);
        assertThat(result.code())
                .as("%s:%n%s%n%s", page, script, result.output())
                .isZero();
    }

    @Test
    void thereAreBlocksToRun() {
        assertThat(pages()).hasSizeGreaterThanOrEqualTo(4).contains("README.md", "docs/sandbox.md");
    }

    @Test
    void aBlockThatFailsIsNoticed() throws Exception {
        assertThat(run("jellykeep list --folder \"$PWD/none\"\n").code()).isEqualTo(2);
        assertThat(run("false\ntrue\n").code()).isEqualTo(1);
        assertThat(run("echo \"$NOBODY_SET_THIS\"\n").code()).isNotZero();
    }

    private static void asAfterTheChart() {
        KubeApi.shared()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("jellykeep")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private static void giveUp(String why) {
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(why);
        }
        abort(why);
    }

    private static void requireOnPath(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
        if (!there) {
            giveUp("the page calls " + program + ", and it isn't on the PATH: install it");
        }
    }

    private void stoppedAMinuteAgo() throws IOException {
        FileTime then = FileTime.from(Instant.now().minusSeconds(60));
        try (Stream<Path> files = Files.walk(scratch.resolve("config"))) {
            for (Path each : files.toList()) {
                Files.setLastModifiedTime(each, then);
            }
        }
    }

    private record Result(int code, String output) {}

    private Result run(String script) throws IOException, InterruptedException {
        Path log = scratch.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-eu", "-c", placed(script))
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", bin + ":" + environment.get("PATH"));
        environment.keySet().removeIf(each -> each.startsWith("JELLYKEEP_") || each.startsWith("AZURE_"));
        if (script.contains("kubectl ")) {
            asAfterTheChart();
            environment.put("KUBECONFIG", KubeApi.kubeconfig(scratch).toString());
            program(bin.resolve("kubectl"), KubeApi.kubectl());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("did not end within " + BOUND + ": " + Files.readString(log));
        }
        return new Result(process.exitValue(), Files.readString(log));
    }

    /// A reader's own paths and names lie in the scratch folder.
    private String placed(String script) {
        String text = script.replace(
                "backup-20260131120000.tar.gz",
                "$(cd '" + scratch + "/mnt/backups' && ls | grep '^backup-' | tail -n 1)");
        for (String path : List.of("/mnt/backups", "/config", "/empty/folder", "/some/folder")) {
            text = text.replaceAll("(?<=[ =\"])" + path + "(?![\\w])", scratch + path);
        }
        return text;
    }

    private static void program(Path at, Path real) throws IOException {
        Files.writeString(at, "#!/bin/sh\nexec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String script(Page page) {
        List<String> blocks = new ArrayList<>();
        page.blocks().stream()
                .filter(each -> each.info().equals("sh"))
                .map(Block::text)
                .forEach(blocks::add);
        return blocks.stream().collect(Collectors.joining("\n"));
    }
}
