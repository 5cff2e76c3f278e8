package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.blob.StorageAccount;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.local.LocalAzure;
import dev.jellykeep.sandbox.local.LocalOptions;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreOptions;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A store that has nothing but a managed identity, at an account that asks for roles.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityOnlyTest {
    private LocalAzure azure;
    private SSLContext before;
    private String principal = "";

    @BeforeAll
    void start(@TempDir Path folder) throws NoSuchAlgorithmException {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Azurite.missing().isEmpty(), () -> Azurite.missing().orElse(""));
        }
        var standing = Options.standing(Instant.parse("2026-03-01T12:00:00Z"));
        azure = LocalAzure.start(LocalOptions.of(folder).with(standing));
        azure.storage().create("jellyfin-backups");
        before = SSLContext.getDefault();
        SSLContext.setDefault(azure.certificate().client());
    }

    @AfterAll
    void close() {
        if (azure != null) {
            SSLContext.setDefault(before);
            azure.close();
        }
    }

    @BeforeEach
    void newcomer() {
        principal = UUID.randomUUID().toString();
    }

    @Test
    void a_role_that_is_missing_is_told_with_the_command_that_gives_it_and_once_it_is_there_the_same_store_works() {
        try (var store = open(identity(null))) {
            assertThatThrownBy(() -> store.put("status/replica.json", "{}".getBytes(UTF_8), Map.of()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FORBIDDEN))
                    .hasMessageContaining("403 AuthorizationPermissionMismatch, request ")
                    .hasMessageContaining("the system-assigned managed identity (object id " + principal + ")")
                    .hasMessageContaining("az role assignment create")
                    .hasMessageContaining("--assignee " + principal);
            var container = azure.storage().container("jellyfin-backups");
            azure.apps().assign(principal, StorageAccount.CONTRIBUTOR, container, Duration.ofMinutes(5));
            assertThatThrownBy(() -> store.read("lineage.json")).isInstanceOf(StoreException.class);
            azure.apps().advance(Duration.ofMinutes(5));
            store.put("status/replica.json", "{}".getBytes(UTF_8), Map.of());
            assertThat(store.read("status/replica.json")).isPresent();
            assertThat(store.read("lineage.json")).isEmpty();
        }
    }

    @Test
    void an_archive_is_uploaded_in_blocks_and_read_back() throws Exception {
        azure.apps()
                .assign(principal, StorageAccount.CONTRIBUTOR, azure.storage().id(), Duration.ZERO);
        var bytes = new byte[9 << 20];
        new Random(42).nextBytes(bytes);
        try (var store = open(identity(null))) {
            try (var upload = store.begin("backup-20260301120000.tar.gz", 4 << 20)) {
                upload.write(bytes);
                upload.commit(Map.of("kind", "scheduled"));
            }
            try (var in = store.open("backup-20260301120000.tar.gz", 0, bytes.length)) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void a_wrong_client_id_is_told_as_such() {
        try (var store = open(identity("not-assigned"))) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NO_CREDENTIAL))
                    .hasMessageContaining("answered 400 for client id not-assigned")
                    .hasMessageContaining("No User Assigned or Delegated Managed Identity found");
        }
    }

    @Test
    void an_endpoint_that_refuses_connections_for_a_while_costs_nothing_but_time() {
        azure.apps().assign(principal, StorageAccount.READER, azure.storage().id(), Duration.ZERO);
        try (var store = open(identity(null))) {
            azure.identities().silent(true);
            var reading = later(() -> store.read("lineage.json").isEmpty());
            assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            azure.identities().silent(false);
            assertThat(reading.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
        }
    }

    @Test
    void an_account_that_is_out_of_reach_for_a_while_costs_nothing_but_time() {
        azure.apps().assign(principal, StorageAccount.READER, azure.storage().id(), Duration.ZERO);
        for (var outage : List.of(Outage.REFUSED, Outage.BUSY, Outage.HANGING)) {
            try (var store = open(identity(null))) {
                azure.storage().outage(outage);
                var reading = later(() -> store.read("lineage.json").isEmpty());
                assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS))
                        .as(outage.name())
                        .isInstanceOf(TimeoutException.class);
                azure.storage().outage(Outage.NONE);
                assertThat(reading.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
            } finally {
                azure.storage().outage(Outage.NONE);
            }
        }
    }

    @Test
    void the_accounts_key_opens_nothing() {
        var key = azure.storage()
                .ownersConnectionString()
                .replaceFirst(
                        "BlobEndpoint=[^;]*", "BlobEndpoint=" + azure.storage().url());
        try (var store = open(Map.of("AZURE_STORAGE_CONNECTION_STRING", key))) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .hasMessageContaining("KeyBasedAuthenticationNotPermitted")
                    .hasMessageContaining("the account allows no keys");
        }
    }

    private Map<String, String> identity(@Nullable String clientId) {
        var variables = new HashMap<>(azure.signIn(principal, "client-" + principal, principal));
        variables.put("CONTAINER_APP_NAME", "jellyfin");
        if (clientId != null) {
            variables.put("AZURE_CLIENT_ID", clientId);
        }
        return variables;
    }

    private AzureBlobStore open(Map<String, String> environment) {
        var credential = Credential.fromEnvironment(environment, false);
        var url = credential instanceof Credential.ConnectionString
                ? null
                : azure.storage().url();
        return AzureBlobStore.open(
                new AzureLocation(url, "jellyfin-backups", ""),
                credential,
                new StoreOptions(Duration.ofSeconds(20), Duration.ofSeconds(5), 2));
    }

    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work);
    }
}
