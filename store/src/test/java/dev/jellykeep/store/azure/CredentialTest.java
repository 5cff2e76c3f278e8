package dev.jellykeep.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialTest {
    private static final Map<String, String> CONTAINER_APP = Map.of(
            "CONTAINER_APP_NAME", "jellyfin",
            "IDENTITY_ENDPOINT", "http://localhost:42356/msi/token",
            "IDENTITY_HEADER", "SECRET",
            "AZURE_CLIENT_ID", "client-7");

    @Test
    void inside_container_apps_nobodys_login_is_tried() {
        assertThat(Credential.fromEnvironment(CONTAINER_APP, true))
                .isEqualTo(new Credential.ManagedIdentity(
                        "client-7",
                        new Credential.IdentityEndpoint(URI.create("http://localhost:42356/msi/token"), "SECRET")));
        assertThat(Credential.fromEnvironment(Map.of("CONTAINER_APP_NAME", "jellyfin"), true))
                .isInstanceOf(Credential.None.class);
        for (var other : java.util.List.of(
                "AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH")) {
            assertThat(Credential.fromEnvironment(with(CONTAINER_APP, other, "x"), true))
                    .as(other)
                    .isInstanceOf(Credential.ManagedIdentity.class);
            assertThat(Credential.fromEnvironment(
                            Map.of(
                                    "CONTAINER_APP_NAME",
                                    "j",
                                    "AZURE_CLIENT_ID",
                                    "c",
                                    "AZURE_TENANT_ID",
                                    "t",
                                    other,
                                    "x"),
                            true))
                    .as(other)
                    .isInstanceOf(Credential.None.class);
        }
    }

    @Test
    void a_connection_string_wins_everywhere() {
        assertThat(Credential.fromEnvironment(
                        with(CONTAINER_APP, "AZURE_STORAGE_CONNECTION_STRING", " AccountName=x "), false))
                .isEqualTo(new Credential.ConnectionString("AccountName=x"));
        assertThat(Credential.fromEnvironment(with(CONTAINER_APP, "AZURE_STORAGE_CONNECTION_STRING", " "), false))
                .isInstanceOf(Credential.ManagedIdentity.class);
    }

    @Test
    void elsewhere_the_pods_identity_comes_before_the_login_and_the_login_needs_a_person() {
        var pod = Map.of("AZURE_FEDERATED_TOKEN_FILE", "/token", "AZURE_CLIENT_ID", "c", "AZURE_TENANT_ID", "t");
        assertThat(Credential.fromEnvironment(pod, true))
                .isEqualTo(new Credential.WorkloadIdentity("c", "t", "/token"));
        assertThat(Credential.fromEnvironment(Map.of("AZURE_FEDERATED_TOKEN_FILE", "/token"), true))
                .isInstanceOf(Credential.None.class);
        assertThat(Credential.fromEnvironment(Map.of(), true)).isEqualTo(new Credential.AzureCli());
        assertThat(Credential.fromEnvironment(Map.of(), false)).isEqualTo(new Credential.ManagedIdentity(null, null));
    }

    @Test
    void a_service_principal_comes_before_the_login() {
        var principal = Map.of("AZURE_CLIENT_ID", "c", "AZURE_TENANT_ID", "t");
        var secret = with(principal, "AZURE_CLIENT_SECRET", "s");
        assertThat(Credential.fromEnvironment(secret, true))
                .isEqualTo(new Credential.ClientSecret("c", "t", "s", null));
        assertThat(Credential.fromEnvironment(
                        with(secret, "AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/"), false))
                .isEqualTo(new Credential.ClientSecret("c", "t", "s", URI.create("https://login.microsoftonline.us")));
        assertThat(Credential.fromEnvironment(with(principal, "AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem"), true))
                .isEqualTo(new Credential.ClientCertificate("c", "t", "/c.pem", null, null));
        assertThat(Credential.fromEnvironment(with(secret, "AZURE_STORAGE_SAS_TOKEN", "sig=x"), true))
                .isInstanceOf(Credential.Sas.class);
    }

    @Test
    void half_a_service_principal_and_one_too_many_are_told() {
        assertThat(Credential.fromEnvironment(Map.of("AZURE_CLIENT_SECRET", "s", "AZURE_CLIENT_ID", "c"), true))
                .isEqualTo(
                        new Credential.None("AZURE_CLIENT_SECRET is set, but AZURE_TENANT_ID is not: set what az ad sp"
                                + " create-for-rbac printed as appId and tenant"));
        assertThat(Credential.fromEnvironment(
                        Map.of("AZURE_CLIENT_SECRET", "s", "AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem"), true))
                .isEqualTo(new Credential.None("AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH are set, and only"
                        + " one can count: unset the others"));
        assertThat(Credential.fromEnvironment(
                        Map.of(
                                "AZURE_CLIENT_SECRET", "s",
                                "AZURE_CLIENT_ID", "c",
                                "AZURE_TENANT_ID", "t",
                                "AZURE_AUTHORITY_HOST", "http://login.example"),
                        true))
                .isEqualTo(new Credential.None("AZURE_AUTHORITY_HOST is no address: write it as https://HOST"));
    }

    @Test
    void no_credential_shows_its_secret() {
        assertThat(Credential.fromEnvironment(CONTAINER_APP, false).toString()).doesNotContain("SECRET");
        assertThat(new Credential.ClientSecret("c", "t", "SECRET", null).toString())
                .doesNotContain("SECRET");
        assertThat(new Credential.ClientCertificate("c", "t", "/c.p12", "SECRET", null).toString())
                .doesNotContain("SECRET");
        assertThat(new Credential.Sas("sig=SECRET").toString()).doesNotContain("SECRET");
        assertThat(new Credential.ConnectionString("AccountKey=SECRET").toString())
                .doesNotContain("SECRET");
        var account = Account.of(
                new AzureLocation(null, "backups", ""),
                new Credential.ConnectionString("AccountName=stfamily;AccountKey=c2VjcmV0"));
        assertThat(account.toString()).doesNotContain("c2VjcmV0").contains("https://stfamily.blob.core.windows.net");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sv=2024-11-04&se=2026-11-23T05%3A00%3A00Z&sr=c&sig=x|2026-11-23T05:00:00Z",
                "se=2026-11-23T05:00Z&sig=x|2026-11-23T05:00:00Z",
                "sp=rl&se=2026-11-23&sig=x|2026-11-23T00:00:00Z",
                "si=policy&sr=c&sig=x|",
                "se=soon&sig=x|"
            })
    void the_end_of_a_sas_is_read_in_each_form_that_azure_writes(String sas, Instant end) {
        assertThat(SasExpiry.of(sas).orElse(null)).isEqualTo(end);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        var more = new java.util.HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
