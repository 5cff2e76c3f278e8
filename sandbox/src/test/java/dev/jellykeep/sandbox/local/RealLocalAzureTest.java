package dev.jellykeep.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.fixture.Await;
import dev.jellykeep.sandbox.replicas.Isolation;
import dev.jellykeep.sandbox.replicas.Mappings;
import dev.jellykeep.sandbox.replicas.image.UsualImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A local Azure whose replicas are processes.
@Timeout(180)
class RealLocalAzureTest {
    private static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/homes";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";

    /// Asks for a token as the agent does, and shows the reply.
    private static final String ASK = """
            at=${IDENTITY_ENDPOINT#http://}; host=${at%%:*}; port=${at#*:}; port=${port%%/*}
            until exec 3<>/dev/tcp/$host/$port; do sleep 0.1; done 2>/dev/null
            printf 'GET /msi/token?api-version=2019-08-01&resource=https://storage.azure.com&mi_res_id=%s HTTP/1.1\\r\\nX-IDENTITY-HEADER: %s\\r\\nConnection: close\\r\\n\\r\\n' "$ID" "$IDENTITY_HEADER" >&3
            cat <&3; echo; trap 'exit 0' TERM; while :; do sleep 0.1; done""";

    /// Asks the environment's front for its own app, as a program that knows its name does.
    private static final String CALL = """
            at=${FRONT#http://}; exec 3<>/dev/tcp/${at%%:*}/${at#*:}
            printf 'GET /System/Info/Public HTTP/1.1\\r\\nHost: jellyfin\\r\\nConnection: close\\r\\n\\r\\n' >&3
            cat <&3; echo; trap 'exit 0' TERM; while :; do sleep 0.1; done""";

    @Test
    void a_cold_start_is_served_through_the_ingress_and_its_containers_have_their_identity(@TempDir Path folder)
            throws Exception {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Azurite.missing().isEmpty(), () -> Azurite.missing().orElse(""));
            assumeTrue(Isolation.missing().isEmpty(), () -> Isolation.missing().orElse(""));
        }
        var options = LocalOptions.of(folder)
                .with(() -> Site.real(Mappings.NONE, UsualImages.of(repository()), InstantSource.system(), how -> how));
        try (var azure = LocalAzure.start(options);
                var http = HttpClient.newHttpClient()) {
            azure.apps().put(ENVIRONMENT, """
                    {"location": "westeurope", "properties": {"workloadProfiles": [
                      {"name": "Consumption", "workloadProfileType": "Consumption"}]}}""");
            azure.apps().put(APP, app(azure.ingress().insideUri().toString()));
            var asked = HttpRequest.newBuilder(URI.create(azure.ingress().uri("jellyfin") + "/System/Info/Public"))
                    .timeout(Duration.ofSeconds(90))
                    .build();
            var reply = http.send(asked, BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).contains("Version");
            var replica =
                    azure.apps().replicas("jellyfin").values().iterator().next().getFirst();
            var console =
                    azure.apps().uri() + "/_sandbox/logs?type=console&tail=100&replica=" + replica + "&container=";
            var logs = URI.create(console + "asks");
            Await.until(
                    "a container reached its own app through the ingress",
                    () -> get(http, URI.create(console + "calls")).contains("Version"));
            Await.until("a token was given", () -> get(http, logs).contains("access_token"));
            assertThat(get(http, logs)).contains("HTTP/1.1 200 OK");
            azure.apps().idle("jellyfin");
            Await.until(
                    "it fell asleep",
                    () -> azure.apps().replicas("jellyfin").values().stream().allMatch(List::isEmpty));
            assertThat(http.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private static String app(String front) {
        var app = Json.object("""
                {"location": "westeurope",
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
                 "properties": {"environmentId": "%s", "configuration": {
                   "ingress": {"external": true, "targetPort": 8096}},
                  "template": {
                   "containers": [
                    {"name": "jellyfin", "image": "jellyfin/jellyfin:10.11", "resources": {"cpu": 1.0, "memory": "2Gi"},
                     "probes": [{"type": "Readiness", "periodSeconds": 1, "failureThreshold": 3,
                       "httpGet": {"port": 8096, "path": "/health"}}],
                     "volumeMounts": [{"volumeName": "db", "mountPath": "/config"}]},
                    {"name": "asks", "image": "busybox", "command": ["/bin/bash", "-c"], "args": [],
                     "env": [{"name": "ID", "value": "%s"}],
                     "resources": {"cpu": 0.25, "memory": "0.5Gi"}},
                    {"name": "calls", "image": "busybox", "command": ["/bin/bash", "-c"], "args": [],
                     "env": [{"name": "FRONT", "value": "%s"}],
                     "resources": {"cpu": 0.25, "memory": "0.5Gi"}}],
                   "volumes": [{"name": "db", "storageType": "EmptyDir"}],
                   "scale": {"minReplicas": 0, "maxReplicas": 1}}}}""".formatted(IDENTITY, ENVIRONMENT, IDENTITY, front));
        app.withArray("/properties/template/containers/1/args").add(ASK);
        app.withArray("/properties/template/containers/2/args").add(CALL);
        return app.toString();
    }

    private static String get(HttpClient http, URI uri) {
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path repository() {
        var here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("tools")) ? here : Objects.requireNonNull(here.getParent());
    }
}
