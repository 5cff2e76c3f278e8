package dev.jellykeep.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.blob.StorageAccount;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.fixture.Await;
import dev.jellykeep.sandbox.fixture.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The storage account of a local Azure, and the steering of it all, over a clock that stands.
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalAzureTest {
    private static final String STORAGE = "https://storage.azure.com";

    private LocalAzure azure;
    private HttpClient http;

    @BeforeAll
    void start(@TempDir Path folder) {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Azurite.missing().isEmpty(), () -> Azurite.missing().orElse(""));
        }
        var standing = Options.standing(Instant.parse("2026-03-01T12:00:00Z"));
        azure = LocalAzure.start(LocalOptions.of(folder).with(standing));
        azure.storage().create("jellyfin-backups");
        azure.storage().create("others");
        http = HttpClient.newBuilder().sslContext(azure.certificate().client()).build();
    }

    @AfterAll
    void close() {
        if (azure != null) {
            http.shutdownNow();
            var uris = Map.of(
                    "storage",
                    azure.storage().url(),
                    "arm",
                    azure.apps().uri(),
                    "ingress",
                    azure.ingress().uri());
            azure.close();
            assertThat(uris.values()).noneMatch(Ports::listens);
        }
    }

    @Test
    void whoever_holds_no_role_is_refused_until_it_takes_effect() {
        var token = token("late");
        var refused = put("jellyfin-backups/a", token);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(header(refused, "x-ms-error-code")).isEqualTo("AuthorizationPermissionMismatch");
        assertThat(refused.body())
                .contains("<Code>AuthorizationPermissionMismatch</Code>")
                .contains("This request is not authorized to perform this operation using this permission.\nRequestId:"
                        + header(refused, "x-ms-request-id"));
        azure.apps().assign("late", StorageAccount.CONTRIBUTOR, azure.storage().id(), Duration.ofMinutes(10));
        azure.apps().advance(Duration.ofMinutes(9));
        assertThat(put("jellyfin-backups/a", token).statusCode()).isEqualTo(403);
        azure.apps().advance(Duration.ofMinutes(1));
        assertThat(put("jellyfin-backups/a", token).statusCode()).isEqualTo(201);
        assertThat(get("jellyfin-backups/a", token).body()).isEqualTo("text");
        assertThat(get("jellyfin-backups/none", token).statusCode()).isEqualTo(404);
    }

    @Test
    void a_reader_can_not_write_and_a_role_on_one_container_opens_no_other() {
        var own = azure.storage().container("jellyfin-backups");
        azure.apps().assign("reader", StorageAccount.READER, own, Duration.ZERO);
        var token = token("reader");
        assertThat(get("jellyfin-backups?restype=container&comp=list", token).statusCode())
                .isEqualTo(200);
        assertThat(put("jellyfin-backups/b", token).statusCode()).isEqualTo(403);
        assertThat(get("others?restype=container&comp=list", token).statusCode())
                .isEqualTo(403);
        assertThat(get("?comp=list", token).statusCode()).isEqualTo(403);
    }

    @Test
    void without_a_token_nobody_is_told_more_than_where_to_get_one() {
        var reply = send(request("jellyfin-backups/a").GET());
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(header(reply, "WWW-Authenticate"))
                .startsWith("Bearer authorization_uri=https://login.microsoftonline.com/");
        assertThat(header(reply, "x-ms-error-code")).isEqualTo("NoAuthenticationInformation");
        assertThat(get("jellyfin-backups/a", "forged").statusCode()).isEqualTo(401);
        var other = azure.tokens().issue(identity("late"), "https://vault.azure.net");
        var wrong = get("jellyfin-backups/a", other.value());
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("<AuthenticationErrorDetail>Audience validation failed.");
    }

    @Test
    void an_agent_with_a_key_or_a_signature_does_not_get_in() {
        var keyed = send(request("jellyfin-backups/a")
                .header("Authorization", "SharedKey devstoreaccount1:AAAA")
                .GET());
        assertThat(keyed.statusCode()).isEqualTo(403);
        assertThat(header(keyed, "x-ms-error-code")).isEqualTo("KeyBasedAuthenticationNotPermitted");
        var signed =
                send(request("jellyfin-backups/a?sv=2024-11-04&sp=r&sig=AAAA").GET());
        assertThat(header(signed, "x-ms-error-code")).isEqualTo("KeyBasedAuthenticationNotPermitted");
    }

    @Test
    void a_large_archive_arrives_as_it_was_sent() {
        azure.apps().assign("big", StorageAccount.CONTRIBUTOR, azure.storage().id(), Duration.ZERO);
        var bytes = new byte[24 << 20];
        new Random(42).nextBytes(bytes);
        var token = token("big");
        var put = send(blob("jellyfin-backups/big", token).PUT(BodyPublishers.ofByteArray(bytes)));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        var back = http.sendAsync(blob("jellyfin-backups/big", token).GET().build(), BodyHandlers.ofByteArray())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(back.body()).isEqualTo(bytes);
    }

    @Test
    void outages_of_the_account_begin_and_end_when_they_are_told_to() {
        azure.apps()
                .assign("outage", StorageAccount.CONTRIBUTOR, azure.storage().id(), Duration.ZERO);
        var token = token("outage");
        steer("POST", "storage?outage=refused");
        assertThat(Ports.listens(azure.storage().url())).isFalse();
        steer("POST", "storage?outage=busy");
        var busy = put("jellyfin-backups/c", token);
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(header(busy, "x-ms-error-code")).isEqualTo("ServerBusy");
        steer("POST", "storage?outage=hanging");
        var hanging = ask(blob("jellyfin-backups/c", token).PUT(BodyPublishers.ofString("text")));
        assertThat(Ports.listens(azure.storage().url())).isTrue();
        assertThat(hanging).isNotDone();
        steer("POST", "storage?outage=none");
        assertThat(hanging.orTimeout(30, TimeUnit.SECONDS).join().statusCode()).isEqualTo(201);
        assertThat(steer("POST", "storage?outage=sometimes").statusCode()).isEqualTo(400);
        azure.storage().outage(Outage.NONE);
    }

    @Test
    void everything_is_steered_from_any_language() {
        var found = Json.object(steer("GET", "surroundings").body());
        assertThat(Json.text(found, "storage", "url"))
                .isEqualTo(azure.storage().url().toString());
        var container = Json.text(found, "storage", "id") + "/blobServices/default/containers/steered";
        assertThat(steer("PUT", "blobs?container=steered").statusCode()).isEqualTo(204);
        var token = token("steered");
        steer("PUT", "roles?principalId=steered&role=" + StorageAccount.CONTRIBUTOR + "&after=PT1M&scope=" + container);
        assertThat(put("steered/a", token).statusCode()).isEqualTo(403);
        azure.apps().advance(Duration.ofMinutes(1));
        assertThat(put("steered/a", token).statusCode()).isEqualTo(201);
        var variables = azure.signIn("operator", "client", "steered");
        var endpoint = URI.create(variables.getOrDefault("IDENTITY_ENDPOINT", ""));
        assertThat(Ports.listens(endpoint)).isTrue();
        steer("POST", "identity?silent=true");
        assertThat(Ports.listens(endpoint)).isFalse();
        steer("POST", "identity?silent=false");
        Await.until("it answers again", () -> Ports.listens(endpoint));
        assertThat(Json.text(Json.object(steer("GET", "ingress?app=jellyfin").body()), "uri"))
                .isEqualTo(azure.ingress().uri("jellyfin").toString());
        assertThat(steer("GET", "nothing").statusCode()).isEqualTo(404);
    }

    private String token(String principal) {
        return azure.tokens().issue(identity(principal), STORAGE).value();
    }

    private static Identity identity(String principal) {
        return new Identity("system", "client-of-" + principal, principal);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(azure.storage().url() + "/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("x-ms-version", "2024-11-04");
    }

    private HttpRequest.Builder blob(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token).header("x-ms-blob-type", "BlockBlob");
    }

    private HttpResponse<String> put(String path, String token) {
        return send(blob(path, token).PUT(BodyPublishers.ofString("text")));
    }

    private HttpResponse<String> get(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    private HttpResponse<String> steer(String method, String what) {
        return send(HttpRequest.newBuilder(URI.create(azure.apps().uri() + "/_sandbox/" + what))
                .method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return ask(request).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<HttpResponse<String>> ask(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
