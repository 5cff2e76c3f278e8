package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.ScriptedService.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each refusal is told within seconds, in one sentence that names the remedy and no secret.
@Timeout(60)
class RefusalTest {
    private static final String KEY = Base64.getEncoder().encodeToString("not the key".getBytes(UTF_8));
    private static final StoreOptions IMPATIENT = new StoreOptions(Duration.ofSeconds(1), Duration.ofSeconds(5), 2);

    @Test
    void a_wrong_key_is_told_apart_from_everything_else() {
        var connectionString = "AccountName=devstoreaccount1;AccountKey=" + KEY + ";BlobEndpoint="
                + Azurites.shared().endpoint();
        var e = failure(new AzureLocation(null, "backups", ""), new Credential.ConnectionString(connectionString));
        assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(e)
                .hasMessageStartingWith("Can't read lineage.json in http://127.0.0.1:")
                .hasMessageContaining("doesn't accept the connection string's account key (403 AuthenticationFailed")
                .hasMessageContaining("az storage account show-connection-string --name devstoreaccount1")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void a_missing_container_is_told_with_the_command_that_makes_it() {
        var e = failure(
                new AzureLocation(null, "no-such-container", ""),
                new Credential.ConnectionString(Azurites.shared().connectionString()));
        assertThat(e.kind()).isEqualTo(Kind.NO_CONTAINER);
        assertThat(e)
                .hasMessageContaining("az storage container create --name no-such-container"
                        + " --account-name devstoreaccount1 --auth-mode login");
        assertThat(e.passing()).isFalse();
    }

    @Test
    void a_missing_container_is_not_taken_for_an_empty_one() {
        try (var store = Azurites.store("no-such-container", "")) {
            assertThat(kindOf(() -> store.facts("x"))).isEqualTo(Kind.NO_CONTAINER);
            assertThat(kindOf(() -> store.list("", _ -> {}))).isEqualTo(Kind.NO_CONTAINER);
            assertThat(kindOf(() -> store.delete("x"))).isEqualTo(Kind.NO_CONTAINER);
            assertThat(kindOf(() -> store.compareAndSwap("x", new byte[1], "\"0x1\"")))
                    .isEqualTo(Kind.NO_CONTAINER);
            assertThat(kindOf(() -> store.putIfAbsent("x", new byte[1], Map.of())))
                    .isEqualTo(Kind.NO_CONTAINER);
        }
    }

    @Test
    void an_unknown_host_is_told_at_once() {
        var e = failure(
                new AzureLocation(URI.create("http://stfamily.invalid"), "backups", ""),
                new Credential.Sas("sig=SECRET"));
        assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_HOST);
        assertThat(e)
                .hasMessageContaining("the host stfamily.invalid is unknown; correct the account's name")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void a_port_where_nobody_listens_is_tried_until_the_deadline() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var start = Instant.now();
        var e = failure(
                new AzureLocation(null, "backups", ""),
                new Credential.ConnectionString(Azurite.connectionString(port)));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("no connection").hasMessageContaining("wait, or check the network");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello|a part that is not NAME=VALUE",
                "AccountName=stfamily|neither AccountKey nor SharedAccessSignature",
                "AccountKey=c2VjcmV0|neither AccountName nor BlobEndpoint",
                "AccountName=stfamily;AccountKey=SECRET!|not Base64",
                "BlobEndpoint=stfamily;SharedAccessSignature=sig%3DSECRET|account URL is not one"
            })
    void a_malformed_connection_string_is_told_before_any_request(String text, String why) {
        var e = failure(new AzureLocation(null, "backups", ""), new Credential.ConnectionString(text));
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessageContaining(why).hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://st.example/#x", "https://anna:SECRET@st.example", "https://st.example?sig=SECRET"})
    void an_account_url_with_more_than_an_address_is_told(String url) {
        var connectionString = "AccountName=st;AccountKey=" + KEY + ";BlobEndpoint=" + url;
        var e = failure(new AzureLocation(null, "backups", ""), new Credential.ConnectionString(connectionString));
        assertThat(e).hasMessageContaining("account URL is not one").hasMessageNotContaining("SECRET");
    }

    @Test
    void an_expired_sas_is_told_with_its_end() {
        var container = Azurites.shared().newContainer();
        var end = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        var sas = sas(container, "racwdl", end);
        var e = failure(new AzureLocation(Azurites.shared().endpoint(), container, ""), new Credential.Sas("?" + sas));
        assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(e)
                .hasMessageContaining("the SAS")
                .hasMessageContaining("it ends at " + end)
                .hasMessageContaining("az storage container generate-sas");
        assertNoSignature(e, sas);
    }

    @Test
    void a_sas_that_may_only_read_cannot_write_and_says_so() {
        var container = Azurites.shared().newContainer();
        var end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        var sas = sas(container, "rl", end);
        var location = new AzureLocation(Azurites.shared().endpoint(), container, "");
        try (var store = AzureBlobStore.open(location, new Credential.Sas(sas), IMPATIENT)) {
            assertThat(store.read("lineage.json")).isEmpty();
            assertThat(store.credentialExpiry()).contains(end);
            var e = catchThrowableOfType(StoreException.class, () -> store.put("x", new byte[1], Map.of()));
            assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
            assertNoSignature(e, sas);
        }
    }

    @Test
    void an_identity_without_the_role_is_told_with_the_command_that_gives_it() throws IOException {
        try (var identity = new ScriptedService(token("11111111-2222-3333-4444-555555555555"));
                var service = new ScriptedService(Answer.error(403, "AuthorizationPermissionMismatch"))) {
            var e = failure(new AzureLocation(service.url(), "backups", ""), managed("client-7", identity));
            assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(e)
                    .hasMessageContaining("client id client-7")
                    .hasMessageContaining("403 AuthorizationPermissionMismatch, request r-1")
                    .hasMessageContaining(
                            "az role assignment create --role \"Storage Blob Data Contributor\" --assignee"
                                    + " 11111111-2222-3333-4444-555555555555 --scope")
                    .hasMessageContaining("/blobServices/default/containers/backups")
                    .hasMessageNotContaining("SECRET");
            assertThat(service.requests).as("roles are not waited for here").hasSize(1);
            assertThat(service.authorizations.getFirst()).startsWith("Bearer ");
            assertThat(identity.requests)
                    .containsExactly("GET /token?api-version=2019-08-01&resource=https%3A%2F%2Fstorage.azure.com%2F"
                            + "&client_id=client-7");
        }
    }

    @Test
    void an_identity_that_is_not_assigned_is_told_with_the_endpoints_words() throws IOException {
        try (var identity = new ScriptedService(new Answer(400, Map.of(), "No Managed Identity found"));
                var service = new ScriptedService(Answer.error(500, "InternalError"))) {
            var e = failure(new AzureLocation(service.url(), "backups", ""), managed("client-7", identity));
            assertThat(e.kind()).isEqualTo(Kind.NO_CREDENTIAL);
            assertThat(e)
                    .hasMessageContaining("answered 400 for client id client-7 (No Managed Identity found)")
                    .hasMessageContaining("az containerapp identity assign");
            assertThat(service.requests).isEmpty();
        }
    }

    @Test
    void an_identity_endpoint_that_is_still_starting_is_waited_for() throws IOException {
        try (var identity = new ScriptedService(new Answer(500, Map.of(), "starting"), token("1-2"));
                var service = new ScriptedService(Answer.error(404, "BlobNotFound"))) {
            try (var store = AzureBlobStore.open(
                    new AzureLocation(service.url(), "backups", ""), managed(null, identity), IMPATIENT)) {
                assertThat(store.read("lineage.json")).isEmpty();
                assertThat(store.read("lineage.json")).isEmpty();
            }
            assertThat(identity.requests)
                    .as("one failure, then one token for both")
                    .hasSize(2);
        }
    }

    @Test
    void no_identity_at_all_is_told_without_a_request() throws IOException {
        try (var service = new ScriptedService(Answer.error(500, "InternalError"))) {
            var e = failure(
                    new AzureLocation(service.url(), "backups", ""),
                    Credential.fromEnvironment(Map.of("CONTAINER_APP_NAME", "jellyfin"), true));
            assertThat(e.kind()).isEqualTo(Kind.NO_CREDENTIAL);
            assertThat(e).hasMessageContaining("no IDENTITY_ENDPOINT");
            assertThat(service.requests).isEmpty();
        }
    }

    @Test
    void a_token_never_leaves_this_machine_in_the_clear() throws IOException {
        try (var identity = new ScriptedService(token("1-2"))) {
            var e = failure(
                    new AzureLocation(URI.create("http://192.0.2.1"), "backups", ""), managed("client-7", identity));
            assertThat(e.kind()).isEqualTo(Kind.NO_CREDENTIAL);
            assertThat(e).hasMessageContaining("not sent over plain http");
        }
    }

    @Test
    void throttling_is_obeyed_for_as_long_as_it_asks() throws IOException {
        var busy = new Answer(429, Map.of("Retry-After", "1", "x-ms-error-code", "TooManyRequests"), "");
        try (var service = new ScriptedService(busy, Answer.error(404, "BlobNotFound"));
                var store = AzureBlobStore.open(
                        new AzureLocation(service.url(), "backups", ""),
                        new Credential.Sas("sig=x"),
                        IMPATIENT.withDeadline(Duration.ofSeconds(5)))) {
            var start = Instant.now();
            assertThat(store.read("lineage.json")).isEmpty();
            assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
            assertThat(service.requests).hasSize(2);
        }
    }

    @Test
    void retries_have_one_owner() throws IOException {
        try (var service = new ScriptedService(Answer.error(503, "ServerBusy"));
                var store = AzureBlobStore.open(
                        new AzureLocation(service.url(), "backups", ""), new Credential.Sas("sig=x"), IMPATIENT)) {
            assertThat(kindOf(() -> store.read("lineage.json"))).isEqualTo(Kind.UNREACHABLE);
            assertThat(service.requests).as("1 s of doubling pauses").hasSizeBetween(3, 6);
        }
    }

    @Test
    void a_container_under_worm_is_no_place_for_a_lineage_and_keeps_what_it_keeps() throws IOException {
        try (var service = new ScriptedService(Answer.error(409, "BlobImmutableDueToPolicy"));
                var store = AzureBlobStore.open(
                        new AzureLocation(service.url(), "backups", ""), new Credential.Sas("sig=x"), IMPATIENT)) {
            assertThat(store.delete("backup-20260101000000.tar.gz")).isEqualTo(DeleteOutcome.KEPT_BY_POLICY);
            assertThat(kindOf(() -> store.put("lineage.json", new byte[1], Map.of())))
                    .isEqualTo(Kind.IMMUTABLE);
            var e = catchThrowableOfType(
                    StoreException.class, () -> store.compareAndSwap("lineage.json", new byte[1], "\"0x1\""));
            assertThat(e.kind()).isEqualTo(Kind.IMMUTABLE);
            assertThat(e).hasMessageContaining("an immutability policy or a legal hold forbids overwriting");
        }
    }

    @Test
    void directories_of_a_hierarchical_namespace_are_not_blobs() throws IOException {
        var listing = """
                <?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="backups"><Blobs>
                <Blob><Name>status</Name><Properties><Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified>
                <Etag>0x1</Etag><Content-Length>0</Content-Length></Properties>
                <Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob>
                <Blob><Name>status/replica.json</Name><Properties>
                <Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified>
                <Etag>0x2</Etag><Content-Length>3</Content-Length></Properties><Metadata><Epoch>4</Epoch></Metadata></Blob>
                </Blobs><NextMarker/></EnumerationResults>
                """;
        try (var service = new ScriptedService(new Answer(
                        200, Map.of("Content-Type", "application/xml", "x-ms-request-id", "r-1"), listing.strip()));
                var store = AzureBlobStore.open(
                        new AzureLocation(service.url(), "backups", ""), new Credential.Sas("sig=x"), IMPATIENT)) {
            var seen = new java.util.ArrayList<String>();
            store.list("", facts -> seen.add(facts.name() + facts.metadata()));
            assertThat(seen).containsExactly("status/replica.json{epoch=4}");
        }
    }

    private static Credential managed(@Nullable String clientId, ScriptedService identity) {
        return new Credential.ManagedIdentity(
                clientId, new Credential.IdentityEndpoint(identity.url().resolve("/token"), "header"));
    }

    private static Answer token(String objectId) {
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"oid\":\"" + objectId + "\"}").getBytes(UTF_8));
        var expires = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
        return new Answer(
                200, Map.of(), "{\"access_token\":\"h." + claims + ".s\",\"expires_on\":\"" + expires + "\",\"x\":{}}");
    }

    private static String sas(String container, String permissions, Instant end) {
        var azurite = Azurites.shared();
        var key = azurite.connectionString().replaceAll(".*AccountKey=([^;]+);.*", "$1");
        return new BlobContainerClientBuilder()
                .endpoint(azurite.endpoint().toString())
                .containerName(container)
                .credential(new StorageSharedKeyCredential("devstoreaccount1", key))
                .buildClient()
                .generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.parse(end.toString()), BlobContainerSasPermission.parse(permissions)));
    }

    private static void assertNoSignature(StoreException e, String sas) {
        var signature = sas.replaceAll(".*sig=([^&]+).*", "$1");
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(signature);
        }
    }

    private static StoreException failure(AzureLocation location, Credential credential) {
        var e = catchThrowableOfType(StoreException.class, () -> {
            try (var store = AzureBlobStore.open(location, credential, IMPATIENT)) {
                store.read("lineage.json");
            }
        });
        assertThat(e).as("it should have failed").isNotNull();
        assertThat(e.getMessage()).endsWith(".").doesNotContain("\n");
        return e;
    }

    private static Kind kindOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call).kind();
    }
}
