package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedLeftoversTest {
    private static final Pattern RUNNING = Pattern.compile("^running in (\\S+) with (\\d+)$");

    @TempDir
    Path folder;

    @Test
    void the_containers_of_a_killed_sandbox_die_with_it_and_the_next_one_ends_what_they_had_started() {
        try (var killed = start()) {
            var found = awaitRunning(killed);
            boolean _ = ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
            Hall.await(() -> !runs(killed.pid()), () -> "the sandbox still runs");
            assertThat(runs(found)).isTrue();
            try (var _ = Hall.open(Mappings.ALL)) {
                assertThat(runs(found)).isFalse();
                assertThat(Path.of(found.group(1))).doesNotExist();
            }
        }
    }

    @Test
    void what_another_sandbox_that_runs_has_is_left_alone() {
        try (var other = start()) {
            var found = awaitRunning(other);
            Hall.open(Mappings.ALL).close();
            assertThat(Path.of(found.group(1))).exists();
            assertThat(runs(found)).isTrue();
            int _ = other.stop(Hall.BOUND);
            assertThat(Path.of(found.group(1))).doesNotExist();
            assertThat(runs(found)).isFalse();
        }
    }

    private static MatchResult awaitRunning(ChildProcess sandbox) {
        return sandbox.awaitLine(RUNNING, Hall.BOUND);
    }

    private static boolean runs(MatchResult found) {
        return runs(Long.parseLong(found.group(2)));
    }

    // One that has ended, and that nobody has asked how, is still listed, but has no command line.
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    private ChildProcess start() {
        return JavaProcess.of(OneMappedReplicaMain.class)
                .classPath(RunningReplicas.class, Json.class, org.sqlite.JDBC.class)
                .classPath(com.fasterxml.jackson.databind.JsonNode.class, com.fasterxml.jackson.core.JsonParser.class)
                .classPath(com.fasterxml.jackson.annotation.JsonProperty.class)
                .classPath(org.junit.jupiter.api.Assumptions.class, org.opentest4j.TestAbortedException.class)
                .classPath(org.assertj.core.api.Assertions.class)
                .machine("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"))
                .start(folder, "sandbox");
    }

    /// A sandbox with one replica, whose container has started a program that it doesn't wait for, until SIGTERM.
    static final class OneMappedReplicaMain {
        public static void main(String[] arguments) {
            var hall = Hall.open(Mappings.ALL);
            Runtime.getRuntime().addShutdownHook(new Thread(hall::close));
            var script = "sleep 600 & echo pid $!; trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done";
            hall.replicas.start(new Order().app("app", script).named("a"));
            var said = hall.awaitLine("a", "app", "up").getFirst();
            System.out.println("running in " + hall.work.path() + " with " + said.split(" ", 2)[1]);
            LockSupport.parkNanos(Duration.ofMinutes(2).toNanos());
        }
    }
}
