package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replicas on a machine that gives them neither mounts nor networks of their own. Needs no rights.
class MappedReplicasTest {
    private static final String WAIT = "trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Hall hall = Hall.open(Mappings.ALL);

    @AfterEach
    void close() {
        hall.close();
    }

    @Test
    void containers_of_a_replica_share_its_volume_at_their_own_paths_and_nobody_elses() {
        hall.replicas.start(new Order()
                .init("first", "echo one > /no/such/path/file")
                .mount("db", "/no/such/path")
                .app("second", "cat $WHERE/file; echo two > /tmp/mine; " + WAIT)
                .mount("db", "/config")
                .variable("WHERE", "/config")
                .app("third", "ls -A /tmp; " + WAIT)
                .named("a"));
        hall.replicas.start(new Order()
                .app("other", "ls /config; " + WAIT)
                .mount("db", "/config")
                .named("b"));
        assertThat(hall.awaitLine("a", "second", "up")).containsExactly("one", "up");
        assertThat(hall.awaitLine("a", "third", "up")).containsExactly("up");
        assertThat(hall.awaitLine("b", "other", "up")).containsExactly("up");
        assertThat(Path.of("/no/such/path")).doesNotExist();
    }

    @Test
    void two_replicas_with_one_port_are_ready_at_once_and_each_ones_sidecar_reaches_its_own_server() {
        for (var name : List.of("a", "b")) {
            hall.replicas.start(new Order()
                    .app("jellyfin", "echo " + name + " > index.html; exec python3 -u -m http.server $PORT")
                    .variable("PORT", "8096")
                    .probe("{\"type\": \"Readiness\", \"httpGet\": {\"port\": 8096, \"path\": \"/\"},"
                            + " \"periodSeconds\": 1}")
                    .app(
                            "agent",
                            "while ! python3 -c 'import urllib.request as u; print(u.urlopen("
                                    + "\"http://127.0.0.1:8096/\", timeout=2).read().decode().strip())';"
                                    + " do sleep 0.1; done 2>/dev/null; " + WAIT)
                    .named(name));
        }
        for (var name : List.of("a", "b")) {
            hall.awaitReady(name);
            assertThat(hall.awaitLine(name, "agent", "up")).containsExactly(name, "up");
        }
        assertThat(hall.replicas.address("a", 8096)).isNotEqualTo(hall.replicas.address("b", 8096));
        hall.replicas.stop("a", Instant.EPOCH, Duration.ZERO);
        hall.awaitGone("a");
        assertThat(hall.replicas.address("a", 8096)).isEmpty();
    }

    @Test
    void a_crash_restarts_that_container_alone_and_ends_what_it_had_started() {
        hall.replicas.start(new Order()
                .app("app", "[ -e /d/file ] && echo kept; : > /d/file; sleep 600 & " + WAIT)
                .mount("db", "/d")
                .app("other", WAIT)
                .named("a"));
        hall.awaitLine("a", "app", "up");
        hall.awaitLine("a", "other", "up");
        assertThat(hall.replicas.crash("a", "app", Instant.EPOCH)).isTrue();
        hall.awaitLine("a", "app", "kept");
        hall.awaitReady("a");
        Hall.await(
                () -> Collections.frequency(hall.console("a", "app"), "up") == 2,
                () -> "it didn't start again: " + hall.console("a", "app"));
        assertThat(hall.container("a", "app").restartCount()).isEqualTo(1);
        assertThat(hall.container("a", "other").restartCount()).isZero();
        assertThat(hall.messages("a"))
                .contains("Container 'app' was terminated with exit code '137' and reason 'Error'.");
        assertThat(processesOf("a").stream().map(process -> read(process, "cmdline")))
                .filteredOn(words -> words.startsWith("sleep\0" + "600"))
                .hasSize(1);
    }

    @Test
    void the_signal_to_stop_reaches_the_children_of_children_at_once_and_their_last_words_are_kept() {
        var grandchild = "trap \"echo grandchild; exit 0\" TERM; echo up; while :; do sleep 0.05; done";
        hall.replicas.start(new Order()
                .app(
                        "app",
                        "trap 'sleep 0.3; echo first; exit 0' TERM; sh -c '(sh -c \"" + grandchild.replace("\"", "\\\"")
                                + "\") & wait' & while :; do sleep 0.05; done")
                .named("a"));
        hall.awaitLine("a", "app", "up");
        hall.replicas.stop("a", Instant.EPOCH, LONG);
        hall.awaitGone("a");
        assertThat(hall.console("a", "app")).contains("grandchild", "first");
        assertThat(processesOf("a")).isEmpty();
    }

    @Test
    void one_that_does_not_end_is_killed_with_all_its_children_when_its_time_is_over() {
        hall.replicas.start(new Order()
                .app(
                        "app",
                        "sh -c \"trap '' TERM; while :; do sleep 0.05; done\" & trap 'echo told' TERM; "
                                + "echo up; while :; do sleep 0.05; done")
                .named("a"));
        hall.awaitLine("a", "app", "up");
        var began = System.nanoTime();
        hall.replicas.stop("a", Instant.EPOCH, Duration.ofSeconds(1));
        hall.awaitGone("a");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        assertThat(hall.console("a", "app")).contains("told");
        assertThat(processesOf("a")).isEmpty();
    }

    @Test
    void after_close_no_process_and_no_file_is_left() {
        hall.replicas.start(new Order()
                .app("app", "sleep 600 & " + WAIT)
                .mount("db", "/d")
                .app("other", "trap '' TERM; " + WAIT)
                .named("a"));
        hall.awaitLine("a", "app", "up");
        hall.awaitLine("a", "other", "up");
        assertThat(processesOf("a")).hasSizeGreaterThan(2);
        hall.close();
        assertThat(processesOf("a")).isEmpty();
        assertThat(hall.work.path()).doesNotExist();
    }

    @Test
    void a_volume_within_another_folder_is_refused_and_not_shown_beside_it() {
        hall.replicas.start(new Order()
                .app("app", WAIT)
                .mount("db", "/config")
                .mount("db", "/config/metadata")
                .named("a"));
        Hall.await(
                () -> hall.messages("a").toString().contains("--path-mapping can't show"),
                () -> "not told: " + hall.messages("a"));
    }

    private List<ProcessHandle> processesOf(String replica) {
        return ProcessHandle.allProcesses()
                .filter(process -> read(process, "environ").contains("CONTAINER_APP_REPLICA_NAME=" + replica + "\0")
                        && read(process, "environ").contains(hall.work.path().toString()))
                .toList();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException | UncheckedIOException _) {
            return "";
        }
    }
}
