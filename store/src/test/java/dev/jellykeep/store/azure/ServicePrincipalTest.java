package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.ScriptedService.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An application with a secret or a certificate, as on a cluster without workload identity.
class ServicePrincipalTest {
    private static final String CLIENT = "22222222-3333-4444-5555-666666666666";
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String TOKEN = """
            {"token_type": "Bearer", "expires_in": 3600, "ext_expires_in": 3600, "access_token": "THE-TOKEN"}""";
    private static final String WRONG_SECRET = """
            {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided. Ensure the \
            secret being sent in the request is the client secret value, not the client secret ID.\\r\\nTrace ID: 1",
             "error_codes": [7000215], "trace_id": "1", "correlation_id": "2"}""";

    @TempDir
    static Path folder;

    private static Path keys;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        keys = TokenService.keys(folder);
    }

    private static Map<String, String> environment(TokenService entra, Map<String, String> proof) {
        var environment = new HashMap<>(proof);
        environment.put("AZURE_CLIENT_ID", CLIENT);
        environment.put("AZURE_TENANT_ID", TENANT);
        environment.put("AZURE_AUTHORITY_HOST", entra.url() + "/");
        return environment;
    }

    private static AzureBlobStore open(ScriptedService blob, Map<String, String> environment) {
        return AzureBlobStore.open(
                new AzureLocation(blob.url(), "backups", ""),
                Credential.fromEnvironment(environment, false),
                new StoreOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), 2));
    }

    @Test
    void the_secret_buys_a_token_for_storage_at_the_named_authority_and_the_token_arrives() throws Exception {
        try (var entra = new TokenService(keys, 200, TOKEN);
                var blob = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = open(blob, environment(entra, Map.of("AZURE_CLIENT_SECRET", " hush ")))) {
            assertThat(store.read("lineage.json")).isEmpty();
            assertThat(store.read("lineage.json")).isEmpty();

            assertThat(entra.paths).containsExactly("POST /" + TENANT + "/oauth2/v2.0/token");
            assertThat(entra.forms.getFirst())
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("client_id", CLIENT)
                    .containsEntry("client_secret", "hush")
                    .hasEntrySatisfying(
                            "scope", scope -> assertThat(scope).contains("https://storage.azure.com/.default"));
            assertThat(blob.authorizations).containsExactly("Bearer THE-TOKEN", "Bearer THE-TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator.pem", "operator.p12"})
    void a_certificate_signs_for_the_application_without_leaving_this_machine(String name) throws Exception {
        var file = folder.resolve(name);
        if (name.endsWith(".pem")) {
            Files.writeString(file, pem());
        } else {
            Files.copy(keys, file);
        }
        var proof = name.endsWith(".pem")
                ? Map.of("AZURE_CLIENT_CERTIFICATE_PATH", file.toString())
                : Map.of(
                        "AZURE_CLIENT_CERTIFICATE_PATH",
                        file.toString(),
                        "AZURE_CLIENT_CERTIFICATE_PASSWORD",
                        TokenService.PASSWORD);
        try (var entra = new TokenService(keys, 200, TOKEN);
                var blob = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = open(blob, environment(entra, proof))) {
            assertThat(store.read("lineage.json")).isEmpty();

            var form = entra.forms.getFirst();
            assertThat(form)
                    .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .doesNotContainKey("client_secret");
            var claims = new String(
                    Base64.getUrlDecoder()
                            .decode(form.getOrDefault("client_assertion", "").split("\\.", -1)[1]),
                    UTF_8);
            assertThat(claims).contains("\"iss\":\"" + CLIENT + "\"", "\"sub\":\"" + CLIENT + "\"");
            assertThat(blob.authorizations).containsExactly("Bearer THE-TOKEN");
        }
    }

    @Test
    void a_wrong_secret_is_told_in_one_sentence_at_once_and_nothing_reaches_the_account() throws Exception {
        try (var entra = new TokenService(keys, 401, WRONG_SECRET);
                var blob = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = open(blob, environment(entra, Map.of("AZURE_CLIENT_SECRET", "hush")))) {
            var e = Assertions.catchThrowableOfType(StoreException.class, () -> store.read("lineage.json"));

            assertThat(e.kind()).isEqualTo(Kind.NO_CREDENTIAL);
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            assertThat(e)
                    .hasMessageStartingWith("Can't read lineage.json in " + blob.url() + "/backups: ")
                    .hasMessageContaining("AADSTS7000215: Invalid client secret provided")
                    .hasMessageContaining("check AZURE_CLIENT_SECRET and AZURE_TENANT_ID")
                    .hasMessageContaining(CLIENT)
                    .hasMessageNotContaining("hush");
            assertThat(entra.paths).hasSize(1);
            assertThat(blob.requests).isEmpty();
        }
    }

    @Test
    void a_certificate_that_is_not_there_is_named() throws Exception {
        try (var entra = new TokenService(keys, 200, TOKEN);
                var blob = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = open(
                        blob, environment(entra, Map.of("AZURE_CLIENT_CERTIFICATE_PATH", "/no/such/operator.pem")))) {
            var e = Assertions.catchThrowableOfType(StoreException.class, () -> store.read("lineage.json"));

            assertThat(e.kind()).isEqualTo(Kind.NO_CREDENTIAL);
            assertThat(e)
                    .hasMessageContaining("/no/such/operator.pem")
                    .hasMessageContaining("AZURE_CLIENT_CERTIFICATE_PATH");
        }
    }

    private static String pem() throws IOException, GeneralSecurityException {
        var store = TokenService.open(keys);
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PRIVATE KEY-----\n"
                + encoder.encodeToString(
                        store.getKey("key", TokenService.PASSWORD.toCharArray()).getEncoded())
                + "\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n"
                + encoder.encodeToString(store.getCertificate("key").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
