package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.Command;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final String REPLICA = "replica-" + ProcessHandle.current().pid();
    private static final String WAIT = "trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done";

    @TempDir
    Path folder;

    @Test
    void after_close_no_process_interface_mount_or_file_is_left() {
        var hall = Hall.open();
        hall.replicas.start(new Order()
                .app("app", WAIT)
                .mount("db", "/d")
                .app("other", WAIT)
                .named(REPLICA));
        hall.awaitLine(REPLICA, "app", "up");
        hall.awaitLine(REPLICA, "other", "up");
        assertThat(processesOf(REPLICA)).hasSizeGreaterThan(2);
        var bridge = hall.bridge();
        var work = hall.work.path();
        assertThat(interfaces()).contains(bridge);
        hall.close();
        assertThat(interfaces())
                .doesNotContain(bridge)
                .noneMatch(name -> name.startsWith(bridge.split("b", 2)[0] + "v"));
        assertThat(work).doesNotExist();
        assertThat(processesOf(REPLICA)).isEmpty();
        assertThat(mounts()).doesNotContain(work.toString());
    }

    @Test
    void a_replica_that_ended_leaves_neither_its_disk_nor_its_interface() {
        try (var hall = Hall.open()) {
            hall.replicas.start(new Order().app("app", WAIT).mount("db", "/d").named("a"));
            hall.awaitLine("a", "app", "up");
            var before = interfaces().size();
            hall.replicas.stop("a", Instant.EPOCH, Duration.ofSeconds(10));
            hall.awaitGone("a");
            assertThat(hall.work.path().resolve("replicas/a")).doesNotExist();
            assertThat(interfaces()).hasSize(before - 1);
            assertThat(hall.replicas.address("a", 80)).isEmpty();
        }
    }

    @Test
    void the_processes_of_a_killed_sandbox_die_with_it_and_the_next_one_sweeps_the_rest() {
        Hall.open().close();
        try (var killed = start()) {
            var found = killed.awaitLine(Pattern.compile("^running in (\\S+) behind (\\S+)$"), Hall.BOUND);
            var work = Path.of(found.group(1));
            var bridge = found.group(2);
            var replica = "replica-" + killed.pid();
            assertThat(processesOf(replica)).hasSizeGreaterThan(1);
            boolean _ = ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
            int _ = killed.awaitExit(Hall.BOUND);
            Hall.await(() -> processesOf(replica).isEmpty(), () -> "still run: " + processesOf(replica));
            assertThat(interfaces()).contains(bridge);
            assertThat(work).exists();
            try (var next = Hall.open()) {
                assertThat(interfaces()).doesNotContain(bridge).contains(next.bridge());
                assertThat(work).doesNotExist();
            }
        }
    }

    @Test
    void what_another_sandbox_that_runs_has_is_left_alone() {
        try (var other = start()) {
            var found = other.awaitLine(Pattern.compile("^running in (\\S+) behind (\\S+)$"), Hall.BOUND);
            Hall.open().close();
            assertThat(interfaces()).contains(found.group(2));
            assertThat(Path.of(found.group(1))).exists();
            int _ = other.stop(Hall.BOUND);
            assertThat(interfaces()).doesNotContain(found.group(2));
            assertThat(Path.of(found.group(1))).doesNotExist();
        }
    }

    private ChildProcess start() {
        return JavaProcess.of(OneReplicaMain.class)
                .classPath(RunningReplicas.class, Json.class, org.sqlite.JDBC.class)
                .classPath(com.fasterxml.jackson.databind.JsonNode.class, com.fasterxml.jackson.core.JsonParser.class)
                .classPath(com.fasterxml.jackson.annotation.JsonProperty.class)
                .classPath(org.junit.jupiter.api.Assumptions.class, org.opentest4j.TestAbortedException.class)
                .classPath(org.assertj.core.api.Assertions.class)
                .machine("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"))
                .start(folder, "sandbox");
    }

    /// A sandbox with one replica, until SIGTERM.
    static final class OneReplicaMain {
        public static void main(String[] arguments) {
            var hall = Hall.open();
            Runtime.getRuntime().addShutdownHook(new Thread(hall::close));
            var order = new Order().app("app", WAIT).app("other", WAIT).variable("PUID", "1000");
            order.last().put("image", "lscr.io/linuxserver/jellyfin:10.11");
            hall.replicas.start(order.named(REPLICA));
            hall.awaitLine(REPLICA, "app", "up");
            hall.awaitLine(REPLICA, "other", "up");
            System.out.println("running in " + hall.work.path() + " behind " + hall.bridge());
            LockSupport.parkNanos(Duration.ofMinutes(2).toNanos());
        }
    }

    private static List<String> interfaces() {
        return Command.run(List.of("ip", "-o", "link"))
                .output()
                .lines()
                .map(line -> line.split("[:@] ?", -1)[1].strip())
                .toList();
    }

    /// Processes that start a replica, or run in it.
    private static List<String> processesOf(String replica) {
        return ProcessHandle.allProcesses()
                .map(process -> words(process, "cmdline") + " " + words(process, "environ"))
                .filter(words -> words.contains("/" + replica + "/") || words.contains("REPLICA_NAME=" + replica))
                .toList();
    }

    private static String words(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException _) {
            return "";
        }
    }

    private static String mounts() {
        try {
            return Files.readString(Path.of("/proc/self/mountinfo"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
