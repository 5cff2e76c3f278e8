package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.Command;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningReplicasMainTest {
    private static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/homes";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";

    @TempDir
    Path folder;

    @Test
    void a_stand_in_started_by_hand_serves_users_and_ends_with_the_sandbox() throws Exception {
        Hall.open().close();
        try (var sandbox =
                start("--timings", "instant", "--root", Hall.repository().toString())) {
            var arm = sandbox.awaitLine(Pattern.compile("^emulator listening on (\\S+),"), Hall.BOUND)
                    .group(1);
            var bridge = sandbox.awaitLine(Pattern.compile("^replicas run behind (\\S+), .* in (\\S+)$"), Hall.BOUND);
            put(arm + ENVIRONMENT, "{\"location\": \"westeurope\", \"properties\": {}}");
            put(arm + APP, """
                    {"location": "westeurope", "properties": {"environmentId": "%s",
                     "configuration": {"ingress": {"external": true, "targetPort": 8096}},
                     "template": {"scale": {"minReplicas": 1, "maxReplicas": 1},
                      "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11",
                        "env": [{"name": "STANDIN_OPTIONS", "value": "--users 2"}],
                        "resources": {"cpu": 0.5, "memory": "1Gi"}}]}}}""".formatted(ENVIRONMENT));
            Hall.await(
                    () -> ready(arm),
                    () -> "not ready: " + get(arm + "/_sandbox/state") + get(arm + "/_sandbox/logs?tail=100"));
            int _ = sandbox.stop(Hall.BOUND);
            assertThat(Path.of(bridge.group(2))).doesNotExist();
            assertThat(Command.run(List.of("ip", "addr")).output()).doesNotContain(bridge.group(1) + "/");
        }
    }

    @Test
    void an_unknown_flag_is_refused_in_one_sentence() {
        try (var sandbox = start("--reals", "yes")) {
            assertThat(sandbox.awaitExit(Hall.BOUND)).isEqualTo(2);
            assertThat(sandbox.output()).startsWith("Unknown flag --reals: use one of [--images, --keystore");
        }
    }

    @Test
    void a_machine_that_forbids_namespaces_is_an_error_with_its_way_out_and_never_a_reason_to_do_without_them() {
        try (var sandbox = startWithoutRights("--timings", "instant")) {
            assertThat(sandbox.awaitExit(Hall.BOUND)).as(sandbox.output()).isEqualTo(2);
            assertThat(sandbox.output())
                    .hasLineCount(1)
                    .startsWith("Replicas can't have mounts and networks of their own here (")
                    .endsWith("): run this as root, or do without, by the flags --path-mapping and --port-mapping.");
        }
    }

    @Test
    void one_flag_alone_is_no_way_out_where_the_other_namespace_is_forbidden_too() {
        for (var each :
                Map.of("--path-mapping", "networks", "--port-mapping", "mounts").entrySet()) {
            try (var sandbox = startWithoutRights("--timings", "instant", each.getKey())) {
                assertThat(sandbox.awaitExit(Hall.BOUND)).as(sandbox.output()).isEqualTo(2);
                assertThat(sandbox.output())
                        .startsWith("Replicas can't have " + each.getValue() + " of their own here (");
            }
        }
    }

    @Test
    void where_it_is_asked_to_it_does_without_both_and_says_so() {
        try (var sandbox = startWithoutRights("--timings", "instant", "--path-mapping", "--port-mapping")) {
            sandbox.awaitLine(Pattern.compile("^As asked, replicas have no mounts"), Hall.BOUND);
            sandbox.awaitLine(Pattern.compile("^replicas run behind 127\\.0\\.0\\.1, "), Hall.BOUND);
            int _ = sandbox.stop(Hall.BOUND);
        }
    }

    private static boolean ready(String arm) {
        return get(arm + APP + "?api-version=2026-07-01").contains("\"latestReadyRevisionName\":\"jellyfin--0000001\"");
    }

    private ChildProcess start(String... arguments) {
        return JavaProcess.of(RunningReplicasMain.class)
                .classPath(JsonNode.class, JsonParser.class, JsonProperty.class, org.sqlite.JDBC.class)
                .machine("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"))
                .arguments(arguments)
                .start(folder, "sandbox");
    }

    /// As root without root's rights, where the tests have them.
    private ChildProcess startWithoutRights(String... arguments) {
        var command = new ArrayList<String>();
        if (Command.run(List.of("id", "-u")).output().equals("0")) {
            command.addAll(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all", "--"));
        }
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunningReplicasMain.class.getName()));
        command.addAll(List.of("--root", Hall.repository().toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.start(folder, "sandbox", command, Map.of());
    }

    private static void put(String uri, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(uri + "?api-version=2026-07-01"))
                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                    .header("Authorization", "Bearer t")
                    .header("Content-Type", "application/json")
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        }
    }

    private static String get(String uri) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(uri))
                    .header("Authorization", "Bearer t")
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
