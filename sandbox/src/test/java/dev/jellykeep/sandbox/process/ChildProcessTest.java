package dev.jellykeep.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void outputIsSeenWhileItRunsAndKeptInTheLog() throws Exception {
        try (var child = shell("echo 'port 4711'; echo to-stderr >&2; read -r _ignored")) {
            var match = child.awaitLine(Pattern.compile("port (\\d+)"), BOUND);
            assertThat(match.group(1)).isEqualTo("4711");
            child.awaitLine(Pattern.compile("to-stderr"), BOUND);
            assertThat(Files.readAllLines(child.log())).containsExactly("port 4711", "to-stderr");
        }
    }

    @Test
    void waitingForALineThatNeverComesEndsWithTheLogInTheMessage() {
        try (var child = shell("echo only-this")) {
            assertThatThrownBy(() -> child.awaitLine(Pattern.compile("something else"), BOUND))
                    .hasMessageContaining("shell ended without a line like \"something else\"")
                    .hasMessageContaining("only-this");
        }
    }

    @Test
    void sigtermReachesTheChildAndItsExitCodeComesBack() {
        try (var child = shell("trap 'echo got-it; exit 7' TERM; echo ready; while :; do sleep 0.05; done")) {
            child.awaitLine(Pattern.compile("ready"), BOUND);
            assertThat(child.stop(BOUND)).isEqualTo(7);
            assertThat(child.output()).contains("got-it");
        }
    }

    @Test
    void killEndsAChildThatIgnoresSigterm() {
        try (var child = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done")) {
            child.awaitLine(Pattern.compile("ready"), BOUND);
            child.terminate();
            child.kill();
            assertThat(child.awaitExit(BOUND)).isEqualTo(137);
        }
    }

    @Test
    void nothingOutlivesClose() {
        long pid;
        try (var child = shell("echo ready; read -r _ignored; sleep 60")) {
            child.awaitLine(Pattern.compile("ready"), BOUND);
            pid = child.pid();
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aJavaChildKeepsItsTemporaryFilesInItsFolder() {
        try (var child = JavaProcess.of(PrintTemporaryFolder.class).start(folder, "java")) {
            assertThat(child.awaitExit(BOUND)).isZero();
            assertThat(child.output()).isEqualTo(folder.resolve("tmp").toString());
        }
    }

    @Test
    void aChildEndsWhenTheProcessThatStartedItWasKilled() {
        try (var parent = JavaProcess.of(StartAChildAndWait.class)
                .classPath(JavaProcess.class)
                .start(folder, "parent")) {
            long grandchild = Long.parseLong(
                    parent.awaitLine(Pattern.compile("child (\\d+)"), BOUND).group(1));
            ProcessHandle handle = ProcessHandle.of(grandchild).orElseThrow();
            // Only the parent: what is tested is that its child notices.
            ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();
            assertThat(handle.onExit().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS))
                    .succeedsWithin(BOUND);
        }
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start(folder, "shell", List.of("sh", "-c", script), Map.of());
    }

    static final class PrintTemporaryFolder {
        public static void main(String[] arguments) {
            System.out.println(System.getProperty("java.io.tmpdir"));
        }
    }

    static final class StartAChildAndWait {
        public static void main(String[] arguments) {
            var child = JavaProcess.of(WaitForEver.class)
                    .classPath(JavaProcess.class)
                    .start(Path.of(System.getProperty("java.io.tmpdir")), "grandchild");
            child.awaitLine(Pattern.compile("watching"), BOUND);
            System.out.println("child " + child.pid());
            int _ = child.awaitExit(BOUND);
        }
    }

    static final class WaitForEver {
        public static void main(String[] arguments) throws InterruptedException {
            ParentWatch.start();
            System.out.println("watching");
            Thread.currentThread().join();
        }
    }
}
