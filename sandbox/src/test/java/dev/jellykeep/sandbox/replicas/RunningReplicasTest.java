package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus.RunningState;
import dev.jellykeep.sandbox.containerapps.replica.LogSource.Query;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningReplicasTest {
    private static final String WAIT = "trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done";
    private static final Duration NONE = Duration.ZERO;

    private final Hall hall = Hall.open();

    @AfterEach
    void close() {
        hall.close();
    }

    @Test
    void containers_of_a_replica_share_its_volume_at_their_own_paths_and_nobody_elses() {
        hall.replicas.start(new Order()
                .init("first", "echo one > /no/such/path/file; ls -ld /no/such/path | cut -c1-10")
                .mount("db", "/no/such/path")
                .app("second", "cat /config/file; echo two > /tmp/mine; " + WAIT)
                .mount("db", "/config")
                .app("third", "ls /no/such/path 2>/dev/null; ls -A /tmp; " + WAIT)
                .named("a"));
        hall.replicas.start(new Order()
                .app("other", "ls /config; " + WAIT)
                .mount("db", "/config")
                .named("b"));
        assertThat(hall.awaitLine("a", "second", "up")).containsExactly("one", "up");
        assertThat(hall.console("a", "first")).containsExactly("drwxrwxrwx");
        assertThat(hall.awaitLine("a", "third", "up")).containsExactly("up");
        assertThat(hall.awaitLine("b", "other", "up")).containsExactly("up");
    }

    @Test
    void a_share_is_the_same_in_every_replica_and_outlives_them() {
        var order = new Order().app("one", "[ -e /media/film ] && echo seen; : > /media/film; " + WAIT);
        order.template.withArray("/volumes").addObject().put("name", "media").put("storageType", "AzureFile");
        order.mount("media", "/media");
        hall.replicas.start(order.named("a"));
        hall.awaitLine("a", "one", "up");
        hall.replicas.stop("a", Instant.EPOCH, NONE);
        hall.awaitGone("a");
        hall.replicas.start(order.named("b"));
        assertThat(hall.awaitLine("b", "one", "up")).containsExactly("seen", "up");
    }

    @Test
    void two_replicas_listen_on_one_port_and_neither_reaches_the_other() throws Exception {
        var probe = "{\"type\": \"Readiness\", \"httpGet\": {\"port\": 8096, \"path\": \"/\"}, \"periodSeconds\": 1}";
        for (var name : List.of("a", "b")) {
            hall.replicas.start(new Order()
                    .app("jellyfin", serving(name))
                    .probe(probe)
                    .app("agent", "while ! " + reaching("127.0.0.1") + "; do sleep 0.1; done 2>/dev/null; " + WAIT)
                    .named(name));
        }
        for (var name : List.of("a", "b")) {
            hall.awaitReady(name);
            assertThat(hall.awaitLine(name, "agent", "up")).contains("b'" + name + "'");
            assertThat(get(name)).isEqualTo(name);
        }
        var other = hall.replicas.address("b", 8096).orElseThrow().getHostString();
        hall.replicas.start(new Order()
                .app(
                        "nosy",
                        "for at in 127.0.0.1 " + other + "; do " + reaching("'$at'")
                                + " 2>/dev/null && echo reached $at; done; " + WAIT)
                .named("c"));
        assertThat(hall.awaitLine("c", "nosy", "up")).containsExactly("up");
    }

    @Test
    void init_containers_run_in_order_and_one_that_fails_is_tried_again_before_the_next() {
        hall.replicas.start(new Order()
                .init("first", "echo first >> /d/log; [ -e /d/again ] || { : > /d/again; exit 7; }")
                .mount("db", "/d")
                .init("second", "echo second >> /d/log")
                .mount("db", "/d")
                .app("app", "cat /d/log; " + WAIT)
                .mount("db", "/d")
                .named("a"));
        assertThat(hall.awaitLine("a", "app", "up")).containsExactly("first", "first", "second", "up");
        var first = hall.container("a", "first");
        assertThat(first.restartCount()).isEqualTo(1);
        assertThat(first.state()).isEqualTo(RunningState.TERMINATED);
        assertThat(hall.reasons("a"))
                .containsSubsequence("ContainerStarted", "ContainerTerminated", "ContainerBackOff", "ContainerStarted");
        assertThat(hall.messages("a"))
                .contains("Container 'first' was terminated with exit code '7' and reason 'Error'.");
    }

    @Test
    void a_container_that_keeps_failing_waits_longer_each_time_and_says_so() {
        hall.replicas.start(new Order()
                .init("bad", "exit 3")
                .app("never", "true")
                .with(Span.FIRST_BACK_OFF, Duration.ofHours(1))
                .with(Span.LONGEST_BACK_OFF, Duration.ofHours(1))
                .named("a"));
        Hall.await(() -> hall.container("a", "bad").crashing(), () -> "no back-off: " + hall.status("a"));
        assertThat(hall.container("a", "bad").details())
                .isEqualTo("Container 'bad' was terminated with exit code '3' and reason 'Error'.");
        assertThat(hall.container("a", "never").state()).isEqualTo(RunningState.WAITING);
        assertThat(hall.status("a").ready()).isFalse();
        hall.replicas.stop("a", Instant.EPOCH, Duration.ofHours(1));
        hall.awaitGone("a");
    }

    @Test
    void a_crash_restarts_that_container_alone_and_leaves_the_volume() {
        hall.replicas.start(new Order()
                .app("app", "[ -e /d/file ] && echo kept; : > /d/file; " + WAIT)
                .mount("db", "/d")
                .app("other", WAIT)
                .named("a"));
        hall.awaitLine("a", "app", "up");
        hall.awaitLine("a", "other", "up");
        assertThat(hall.replicas.crash("a", "app", Instant.EPOCH)).isTrue();
        hall.awaitLine("a", "app", "kept");
        hall.awaitReady("a");
        assertThat(hall.container("a", "app").restartCount()).isEqualTo(1);
        assertThat(hall.container("a", "other").restartCount()).isZero();
        assertThat(hall.console("a", "other")).containsExactly("up");
        assertThat(hall.messages("a"))
                .contains("Container 'app' was terminated with exit code '137' and reason 'Error'.");
    }

    @Test
    void the_signal_to_stop_reaches_the_children_of_children_at_once() {
        var grandchild = "trap \"echo grandchild; exit 0\" TERM; echo up; while :; do sleep 0.05; done";
        hall.replicas.start(new Order()
                .app(
                        "app",
                        "trap 'echo first; sleep 0.3; exit 0' TERM; sh -c '(sh -c \"" + grandchild.replace("\"", "\\\"")
                                + "\") & wait' & while :; do sleep 0.05; done")
                .named("a"));
        hall.awaitLine("a", "app", "up");
        hall.replicas.stop("a", Instant.EPOCH, Duration.ofSeconds(20));
        hall.awaitGone("a");
        assertThat(hall.console("a", "app")).contains("grandchild", "first");
    }

    @Test
    void all_containers_of_a_replica_are_told_to_stop_at_once_and_none_waits_for_another() {
        var slow = "trap 'echo told; sleep 3; echo ended; exit 0' TERM; echo up; while :; do sleep 0.05; done";
        hall.replicas.start(new Order()
                .app("jellyfin", slow)
                .app("agent", slow)
                .app("third", slow)
                .named("a"));
        for (var name : List.of("jellyfin", "agent", "third")) {
            hall.awaitLine("a", name, "up");
        }
        hall.replicas.stop("a", Instant.EPOCH, Duration.ofSeconds(20));
        hall.awaitGone("a");
        var firstEnd = times("a", "ended").min(Comparator.naturalOrder()).orElseThrow();
        assertThat(times("a", "told").toList()).hasSize(3).allMatch(told -> told.isBefore(firstEnd));
    }

    /// When the containers of a replica printed a word.
    private Stream<Instant> times(String replica, String word) {
        var logs = hall.replicas.logs().orElseThrow();
        return Stream.of("jellyfin", "agent", "third")
                .flatMap(name -> logs.read(new Query.Console(replica, name), 0).all().stream())
                .map(Json::object)
                .filter(line -> Json.text(line, "Log").equals(word))
                .map(line -> Instant.parse(Json.text(line, "TimeStamp")));
    }

    @Test
    void one_that_does_not_end_is_killed_when_its_time_is_over_and_not_before() {
        hall.replicas.start(new Order()
                .app("app", "trap 'echo told' TERM; echo up; while :; do sleep 0.05; done")
                .named("a"));
        hall.awaitLine("a", "app", "up");
        var began = System.nanoTime();
        hall.replicas.stop("a", Instant.EPOCH, Duration.ofSeconds(1));
        hall.awaitGone("a");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        assertThat(hall.console("a", "app")).contains("told");
    }

    @Test
    void a_lost_replica_hears_nothing_before_its_end() {
        hall.replicas.start(new Order()
                .app("app", "trap 'echo told; exit 0' TERM; echo up; while :; do sleep 0.05; done")
                .named("a"));
        hall.awaitLine("a", "app", "up");
        hall.replicas.stop("a", Instant.EPOCH, NONE);
        hall.awaitGone("a");
        assertThat(hall.console("a", "app")).doesNotContain("told");
    }

    @Test
    void a_container_sees_the_variables_of_its_template_and_none_of_this_machine() {
        var order = new Order()
                .app("app", "")
                .variable("PLAIN", "it's = \"so\"\n$(id)")
                .variable("EMPTY", "");
        order.last().withArray("/env").addObject().put("name", "SECRET").put("secretRef", "key");
        order.last().putArray("command").add("env");
        order.with(Span.FIRST_BACK_OFF, Duration.ofHours(1)).with(Span.LONGEST_BACK_OFF, Duration.ofHours(1));
        hall.replicas.start(order.named("jellyfin--0000001-abc-def"));
        Hall.await(
                () -> hall.container("jellyfin--0000001-abc-def", "app").crashing(),
                () -> "it didn't end: " + hall.status("jellyfin--0000001-abc-def"));
        assertThat(hall.console("jellyfin--0000001-abc-def", "app"))
                .containsExactlyInAnyOrder(
                        "CONTAINER_APP_NAME=jellyfin",
                        "CONTAINER_APP_REPLICA_NAME=jellyfin--0000001-abc-def",
                        "CONTAINER_APP_REVISION=jellyfin--0000001",
                        "EMPTY=",
                        "HOME=/root",
                        "HOSTNAME=jellyfin--0000001-abc-def",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "PLAIN=it's = \"so\"",
                        "$(id)",
                        "SECRET=s3cret");
    }

    @Test
    void an_image_that_nobody_has_is_waited_for_and_not_a_fault_of_the_sandbox() {
        var order = new Order().app("app", "true");
        order.last().put("image", "nobody/knows:1");
        hall.replicas.start(order.named("a"));
        Hall.await(
                () -> hall.container("a", "app").details().startsWith("ImagePullBackOff"),
                () -> "not told: " + hall.status("a"));
        assertThat(hall.reasons("a")).contains("PullingImage", "ImagePullFailure");
    }

    @Test
    void a_liveness_probe_that_fails_restarts_the_container_and_readiness_waits_for_its_port() {
        hall.replicas.start(new Order()
                .app("app", "[ -e /d/again ] && exec python3 -m http.server 8096; : > /d/again; " + WAIT)
                .mount("db", "/d")
                .probe("{\"type\": \"Liveness\", \"tcpSocket\": {\"port\": 8096}, \"periodSeconds\": 1,"
                        + " \"failureThreshold\": 2}")
                .probe("{\"type\": \"Readiness\", \"tcpSocket\": {\"port\": 8096}, \"periodSeconds\": 1}")
                .named("a"));
        hall.awaitLine("a", "app", "up");
        assertThat(hall.status("a").ready()).isFalse();
        hall.awaitReady("a");
        assertThat(hall.container("a", "app").restartCount()).isEqualTo(1);
        assertThat(hall.reasons("a")).contains("ReplicaUnhealthy");
    }

    @Test
    void users_are_those_of_the_images_and_keep_each_others_files() {
        var order = new Order()
                .app("root", "id -u; : > /d/root; chown 1000 /d/root; " + WAIT)
                .mount("db", "/d")
                .app("other", "id -u; : > /d/other; " + WAIT)
                .mount("db", "/d")
                .variable("PUID", "1000");
        order.last().put("image", "lscr.io/linuxserver/jellyfin:10.11");
        hall.replicas.start(order.named("a"));
        assertThat(hall.awaitLine("a", "root", "up")).containsExactly("0", "up");
        assertThat(hall.awaitLine("a", "other", "up")).containsExactly("1000", "up");
    }

    @Test
    void logs_have_the_shape_of_the_services() {
        hall.replicas.start(new Order().app("app", "echo '\"quoted\"'; " + WAIT).named("a"));
        hall.awaitLine("a", "app", "up");
        var logs = hall.replicas.logs().orElseThrow();
        var console = logs.read(new Query.Console("a", "app"), 0);
        var first = Json.object(console.all().getFirst());
        assertThat(names(first)).containsExactly("TimeStamp", "Log");
        assertThat(Json.text(first, "Log")).isEqualTo("\"quoted\"");
        var system = logs.read(new Query.System("jellyfin", "", ""), 0);
        var event = Json.object(system.all().getFirst());
        assertThat(names(event))
                .containsExactly(
                        "TimeStamp",
                        "Type",
                        "ContainerAppName",
                        "RevisionName",
                        "ReplicaName",
                        "Msg",
                        "Reason",
                        "EventSource",
                        "Count");
        assertThat(logs.read(new Query.System("else", "", ""), 0).all()).isEmpty();
    }

    /// A program that answers on port 8096 with a word.
    private static String serving(String word) {
        return """
                exec python3 -u -c 'import http.server as h
                class A(h.BaseHTTPRequestHandler):
                  def do_GET(self):
                    self.send_response(200); self.end_headers(); self.wfile.write(b"%s")
                h.HTTPServer(("", 8096), A).serve_forever()'""".formatted(word);
    }

    /// A program that prints what is answered on port 8096.
    private static String reaching(String host) {
        return "python3 -c 'import urllib.request as u; print(u.urlopen(\"http://" + host
                + ":8096/\",timeout=2).read())'";
    }

    private static List<String> names(ObjectNode json) {
        var names = new ArrayList<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String get(String replica) throws IOException, InterruptedException {
        var at = hall.replicas.address(replica, 8096).orElseThrow();
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://" + at.getHostString() + ":" + at.getPort() + "/");
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
