package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.containerapps.Pulse;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.LogSource.Query;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real replicas, as the emulator has them started and stopped.
class RealAppTest {
    private static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/homes";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String FIRST = "jellyfin--0000001";
    private static final String SECOND = "jellyfin--0000002";
    private static final String WAIT = "trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done";

    private final Hall hall = Hall.open(options -> options.withQuota(20_000_000));
    private final ContainerApps apps = ContainerApps.start(Options.usual()
            .withHost(hall.replicas)
            .change(settings -> settings.with(settings.timings().with(Span.FIRST_BACK_OFF, Duration.ofMillis(100)))));
    private final Pulse pulse = Pulse.start(apps::tick);

    @AfterEach
    void close() {
        pulse.close();
        apps.close();
        hall.close();
    }

    @Test
    void a_restarted_revision_gets_a_new_replica_with_an_empty_disk_before_the_old_one_goes() throws Exception {
        create("ls /d; : > /d/file; " + WAIT);
        var old = awaitOne(FIRST);
        hall.awaitLine(old, "app", "up");
        post(APP + "/revisions/" + FIRST + "/restart");
        Hall.await(() -> !replicas(FIRST).contains(old), () -> "still there: " + apps.state());
        var replaced = awaitOne(FIRST);
        assertThat(hall.awaitLine(replaced, "app", "up")).containsExactly("up");
        assertThat(hall.reasons(old)).contains("StoppingContainer");
    }

    @Test
    void a_deactivated_revision_has_no_process_left_and_a_new_one_begins_beside_the_old() throws Exception {
        create(WAIT);
        var old = awaitOne(FIRST);
        apps.change(settings -> settings.with(settings.timings().with(Span.OVERLAP, Duration.ofSeconds(1))));
        patch("echo other; " + WAIT);
        var next = awaitOne(SECOND);
        assertThat(hall.status(old).gone()).isFalse();
        Hall.await(() -> replicas(FIRST).isEmpty(), () -> "the old one stays: " + apps.state());
        post(APP + "/revisions/" + SECOND + "/deactivate");
        Hall.await(() -> replicas(SECOND).isEmpty(), () -> "it stays: " + apps.state());
        assertThat(hall.console(next, "app")).contains("other");
        assertThat(hall.work.path().resolve("replicas")).isEmptyDirectory();
    }

    @Test
    void a_replica_that_fills_its_disk_is_evicted_and_replaced_by_one_with_an_empty_disk() {
        create("[ -e /media/once ] || { : > /media/once; head -c 30000000 /dev/zero > /d/big; }; ls /d; " + WAIT);
        Hall.await(() -> evicted().isPresent(), () -> "nobody was evicted: " + apps.state());
        var old = evicted().orElseThrow();
        Hall.await(() -> !replicas(FIRST).contains(old), () -> "still there: " + apps.state());
        var replaced = awaitOne(FIRST);
        assertThat(hall.awaitLine(replaced, "app", "up")).containsExactly("up");
        assertThat(hall.messages(old))
                .contains("Pod ephemeral local storage usage exceeds the total limit of containers 20000000.");
        assertThat(hall.reasons(old)).doesNotContain("StoppingContainer");
    }

    @Test
    void a_revision_whose_init_container_never_succeeds_fails_at_its_deadline_and_the_old_one_serves()
            throws Exception {
        create(WAIT);
        var old = awaitOne(FIRST);
        apps.change(settings -> settings.with(settings.timings().with(Span.PROGRESS_DEADLINE, Duration.ofSeconds(2))));
        var template = template(WAIT);
        var init = template.withArray("/initContainers").addObject();
        init.put("name", "restore").put("image", "busybox").putArray("command").add("false");
        init.putObject("resources").put("cpu", 0.25).put("memory", "0.5Gi");
        patch(template);
        Hall.await(
                () -> text(APP + "/revisions/" + SECOND, "provisioningState").equals("Failed"),
                () -> "not failed: " + apps.get(APP + "/revisions/" + SECOND));
        assertThat(text(APP + "/revisions/" + SECOND, "runningStateDetails"))
                .startsWith("Deployment Progress Deadline Exceeded. 0/1 replicas ready.")
                .contains("1/1 Container crashing: restore");
        assertThat(hall.status(old).ready()).isTrue();
        assertThat(apps.request("jellyfin").revision()).isEqualTo(FIRST);
    }

    @Test
    void a_container_crashed_from_outside_is_started_again_and_its_logs_are_read_over_http() throws Exception {
        create("echo \"$CONTAINER_APP_REPLICA_NAME\"; " + WAIT);
        var replica = awaitOne(FIRST);
        hall.awaitLine(replica, "app", "up");
        assertThat(send("POST", "/_sandbox/crash?replica=" + replica + "&container=app"))
                .isEmpty();
        Hall.await(
                () -> hall.console(replica, "app").stream().filter("up"::equals).count() == 2,
                () -> "not started again: " + hall.console(replica, "app"));
        var console = send("GET", "/_sandbox/logs?type=console&tail=2&replica=" + replica + "&container=app");
        assertThat(console.lines().map(line -> Json.text(Json.object(line), "Log")))
                .containsExactly(replica, "up");
        var system = send("GET", "/_sandbox/logs?type=system&app=jellyfin&tail=100");
        assertThat(system.lines().map(line -> Json.text(Json.object(line), "Reason")))
                .contains("AssigningReplica", "ContainerStarted", "ContainerTerminated", "ContainerBackOff");
        var newest = send("GET", "/_sandbox/logs?type=console&tail=1&app=jellyfin&container=app");
        assertThat(Json.text(Json.object(newest), "Log")).isEqualTo("up");
        assertThat(send("GET", "/_sandbox/logs?type=console&container=app")).contains("give container, and app");
        assertThat(send("GET", "/_sandbox/logs?type=console&container=app&app=nobody"))
                .contains("No replica");
    }

    @Test
    void a_followed_log_goes_on_with_what_comes_later() throws Exception {
        create("while :; do [ -e /media/go ] && echo later; sleep 0.1; done");
        var replica = awaitOne(FIRST);
        var uri = apps.uri().resolve("/_sandbox/logs?type=console&follow=true&replica=" + replica + "&container=app");
        try (var client = HttpClient.newHttpClient();
                var in = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            Hall.await(() -> touch("go"), () -> "the share isn't there");
            assertThat(in.findFirst().map(line -> Json.text(Json.object(line), "Log")))
                    .contains("later");
            client.shutdownNow();
        }
    }

    private boolean touch(String name) {
        try (var shares = Files.walk(hall.work.path().resolve("shares"), 2)) {
            var share = shares.filter(path -> path.getFileName().toString().endsWith(".media"))
                    .findFirst();
            if (share.isPresent()) {
                Files.createFile(share.get().resolve(name));
            }
            return share.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> evicted() {
        return hall.replicas.logs().orElseThrow().read(new Query.System("", "", ""), 0).all().stream()
                .map(Json::object)
                .filter(event -> Json.text(event, "Reason").equals("Evicted"))
                .map(event -> Json.text(event, "ReplicaName"))
                .findFirst();
    }

    private void create(String script) {
        apps.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}""");
        var app = Json.object("""
                {"location": "westeurope", "properties": {"environmentId": "%s", "configuration": {
                  "ingress": {"external": true, "targetPort": 8096}}}}""".formatted(ENVIRONMENT));
        ((ObjectNode) app.path("properties")).set("template", template(script));
        apps.put(APP, app.toString());
    }

    private static ObjectNode template(String script) {
        var order = new Order().app("app", script).mount("db", "/d").mount("media", "/media");
        order.template
                .withArray("/volumes")
                .addObject()
                .put("name", "media")
                .put("storageType", "AzureFile")
                .put("storageName", "films");
        order.template.putObject("scale").put("minReplicas", 1).put("maxReplicas", 1);
        order.template.put("terminationGracePeriodSeconds", 10);
        return order.template;
    }

    private void patch(String script) throws IOException, InterruptedException {
        patch(template(script));
    }

    private void patch(ObjectNode template) throws IOException, InterruptedException {
        var body = Json.object();
        body.putObject("properties").set("template", template.putNull("revisionSuffix"));
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(apps.uri().resolve(APP + "?api-version=2026-07-01"))
                    .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString()))
                    .header("Authorization", "Bearer t")
                    .header("Content-Type", "application/json")
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }

    private void post(String id) throws IOException, InterruptedException {
        String _ = send("POST", id + "?api-version=2026-07-01");
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(apps.uri() + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header("Authorization", "Bearer t")
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private String awaitOne(String revision) {
        Hall.await(
                () -> replicas(revision).size() == 1
                        && hall.status(replicas(revision).getFirst()).ready(),
                () -> "no single ready replica of " + revision + ": " + apps.state());
        return replicas(revision).getFirst();
    }

    private List<String> replicas(String revision) {
        return apps.replicas("jellyfin").getOrDefault(revision, List.of());
    }

    private String text(String id, String name) {
        return Json.text(apps.get(id), "properties", name);
    }
}
