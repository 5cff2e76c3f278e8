package dev.jellykeep.sandbox.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.fixture.Await;
import dev.jellykeep.sandbox.fixture.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over a clock that stands until it is put forward.
@Timeout(90)
class IngressTest {
    private static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/homes";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String FIRST = "jellyfin--0000001";
    private static final String SECOND = "jellyfin--0000002";

    private final ContainerApps apps = ContainerApps.start(Options.standing(Instant.parse("2026-03-01T12:00:00Z")));
    private final Website website = new Website();
    private final Ingress ingress = Ingress.start(apps, website, InetAddress.getLoopbackAddress(), 0, Ingress.LIMIT);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        ingress.close();
        website.close();
        apps.close();
    }

    @Test
    void a_family_that_comes_back_waits_for_the_cold_start_and_is_served() {
        serving();
        apps.advance(Duration.ofSeconds(301));
        apps.advance(Duration.ofSeconds(30));
        assertThat(replicas(FIRST)).isEmpty();
        var held = ask("/");
        Await.until("the request woke the app", () -> replicas(FIRST).size() == 1);
        assertThat(held).as("the replica isn't ready yet").isNotDone();
        apps.advance(Duration.ofSeconds(30));
        assertThat(body(held)).isEqualTo(replicas(FIRST).getFirst());
    }

    @Test
    void a_cold_start_that_takes_too_long_ends_with_504_and_the_app_goes_on_starting() {
        serving();
        apps.idle("jellyfin");
        apps.script(ContainerScript.of("restore").after(Duration.ofMinutes(5)));
        apps.advance(Duration.ofSeconds(30));
        var held = ask("/");
        Await.until("the request woke the app", () -> replicas(FIRST).size() == 1);
        apps.advance(Duration.ofSeconds(239));
        assertThat(held).isNotDone();
        apps.advance(Duration.ofSeconds(1));
        assertThat(reply(held).statusCode()).isEqualTo(504);
        assertThat(reply(held).body()).isEqualTo("stream timeout");
        apps.advance(Duration.ofMinutes(2));
        assertThat(body(ask("/"))).isEqualTo(replicas(FIRST).getFirst());
    }

    @Test
    void during_a_rollout_nobody_reaches_the_new_revision_before_it_is_ready() {
        serving();
        var old = replicas(FIRST).getFirst();
        rollOut();
        assertThat(replicas(SECOND)).hasSize(1);
        assertThat(body(ask("/"))).isEqualTo(old);
        apps.advance(Duration.ofSeconds(30));
        assertThat(body(ask("/"))).isEqualTo(replicas(SECOND).getFirst());
        assertThat(replicas(FIRST)).isEmpty();
    }

    @Test
    void a_rollout_that_fails_takes_no_traffic_away() {
        serving();
        apps.script(ContainerScript.of("restore").onlyIn(SECOND).fails(ContainerScript.FOR_EVER, 1, "no"));
        rollOut();
        for (var minute = 0; minute < 16; minute += 4) {
            assertThat(body(ask("/"))).startsWith(FIRST);
            apps.advance(Duration.ofMinutes(4));
        }
        assertThat(replicas(SECOND)).as("it goes on trying").hasSize(1);
        assertThat(body(ask("/"))).startsWith(FIRST);
    }

    @Test
    void an_app_falls_asleep_a_cool_down_after_the_last_request_has_ended() throws Exception {
        serving();
        var film = ask("/slow");
        assertThat(website.begun.await(20, TimeUnit.SECONDS)).isTrue();
        apps.advance(Duration.ofHours(2));
        assertThat(replicas(FIRST)).as("somebody watches a film").hasSize(1);
        website.release.countDown();
        body(film);
        Await.until("its end was noticed", () -> open() == 0);
        apps.advance(Duration.ofSeconds(299));
        assertThat(replicas(FIRST)).hasSize(1);
        apps.advance(Duration.ofSeconds(1));
        apps.advance(Duration.ofSeconds(5));
        assertThat(replicas(FIRST)).isEmpty();
    }

    @Test
    void a_health_probe_keeps_nobody_awake() throws Exception {
        serving();
        var replica = replicas(FIRST).getFirst();
        var direct = website.of(replica, 8096).orElseThrow();
        apps.advance(Duration.ofSeconds(299));
        var uri = URI.create("http://127.0.0.1:" + direct.getPort() + "/");
        assertThat(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo(replica);
        apps.advance(Duration.ofSeconds(10));
        assertThat(replicas(FIRST)).isEmpty();
    }

    @Test
    void a_request_in_the_middle_of_a_scale_down_gets_a_new_replica_and_not_the_one_that_ends() {
        serving();
        var ending = replicas(FIRST).getFirst();
        apps.idle("jellyfin");
        assertThat(replicas(FIRST)).containsExactly(ending);
        var held = ask("/");
        Await.until("another one was started", () -> replicas(FIRST).size() == 2);
        apps.advance(Duration.ofSeconds(30));
        assertThat(body(held)).isNotEqualTo(ending).isEqualTo(replicas(FIRST).getFirst());
    }

    @Test
    void whoever_gives_up_waiting_keeps_nobody_awake() throws Exception {
        serving();
        apps.idle("jellyfin");
        apps.advance(Duration.ofSeconds(30));
        var impatient = new Socket(
                InetAddress.getLoopbackAddress(), ingress.uri("jellyfin").getPort());
        impatient.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Await.until("the request is held", () -> open() == 1);
        impatient.close();
        Await.until("it was forgotten", () -> open() == 0);
        apps.advance(Duration.ofSeconds(30));
        apps.advance(Duration.ofMinutes(6));
        assertThat(replicas(FIRST)).isEmpty();
    }

    @Test
    void an_app_without_ingress_can_not_be_reached_and_an_internal_one_from_inside_only() throws Exception {
        serving();
        assertThat(byHost(ingress.uri(), "jellyfin.localhost")).startsWith("HTTP/1.1 200");
        assertThat(byHost(ingress.uri(), "nobody.localhost")).startsWith("HTTP/1.1 404");
        apps.put(APP, body("{\"external\": false, \"targetPort\": 8096}", "1"));
        apps.advance(Duration.ofSeconds(30));
        assertThat(byHost(ingress.uri(), "jellyfin.localhost")).startsWith("HTTP/1.1 404");
        assertThat(byHost(ingress.insideUri(), "jellyfin")).startsWith("HTTP/1.1 200");
        apps.put(APP, body("null", "1"));
        apps.advance(Duration.ofSeconds(30));
        assertThat(byHost(ingress.insideUri(), "jellyfin")).startsWith("HTTP/1.1 404");
    }

    @Test
    void a_first_revision_that_never_gets_ready_is_told_as_such() {
        apps.script(ContainerScript.of("restore").fails(ContainerScript.FOR_EVER, 1, "no"));
        create();
        var held = ask("/");
        Await.until("the request is held", () -> open() == 1);
        apps.advance(Duration.ofMinutes(3));
        assertThat(held).isNotDone();
        apps.advance(Duration.ofMinutes(8));
        assertThat(reply(held).statusCode()).isIn(503, 504);
        var later = reply(ask("/"));
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.body()).isEqualTo("no healthy upstream");
    }

    @Test
    void after_close_no_port_is_left() {
        serving();
        var uris = List.of(ingress.uri(), ingress.insideUri(), ingress.uri("jellyfin"));
        assertThat(uris).allMatch(Ports::listens);
        ingress.close();
        assertThat(uris).noneMatch(Ports::listens);
    }

    private void create() {
        apps.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}""");
        apps.put(APP, body("{\"external\": true, \"targetPort\": 8096}", "1"));
    }

    private void serving() {
        create();
        apps.advance(Duration.ofMinutes(1));
    }

    private void rollOut() {
        apps.put(APP, body("{\"external\": true, \"targetPort\": 8096}", "2"));
    }

    private static String body(String ingress, String image) {
        return """
                {"location": "westeurope", "properties": {"environmentId": "%s", "configuration": {"ingress": %s},
                  "template": {
                   "initContainers": [{"name": "restore", "image": "agent:1",
                     "resources": {"cpu": 0.25, "memory": "0.5Gi"}}],
                   "containers": [{"name": "jellyfin", "image": "jellyfin:%s",
                     "resources": {"cpu": 1.0, "memory": "2Gi"}}],
                   "scale": {"minReplicas": 0, "maxReplicas": 1}}}}""".formatted(ENVIRONMENT, ingress, image);
    }

    private List<String> replicas(String revision) {
        return apps.replicas("jellyfin").getOrDefault(revision, List.of());
    }

    /// Requests that wait, or are being answered.
    private int open() {
        return Json.objects(apps.state().path("apps"))
                .getFirst()
                .path("requests")
                .intValue();
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        var uri = URI.create(ingress.uri("jellyfin") + path);
        return http.sendAsync(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> reply(CompletableFuture<HttpResponse<String>> asked) {
        return asked.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static String body(CompletableFuture<HttpResponse<String>> asked) {
        var reply = reply(asked);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static String byHost(URI front, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), front.getPort())) {
            var request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
