package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.operator.arm.ArmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmCredentialTest {
    private static final Map<String, String> WHO = Map.of("AZURE_CLIENT_ID", "c", "AZURE_TENANT_ID", "t");

    private static ArmCredential chosen(String name, String value) {
        var environment = new HashMap<>(WHO);
        environment.put(name, value);
        return ArmCredential.fromEnvironment(environment, false);
    }

    @Test
    void the_environment_alone_decides() {
        assertThat(chosen("AZURE_FEDERATED_TOKEN_FILE", "/f"))
                .isEqualTo(new ArmCredential.WorkloadIdentity("c", "t", "/f"));
        assertThat(chosen("AZURE_CLIENT_SECRET", "x")).isEqualTo(new ArmCredential.ClientSecret("c", "t", "x"));
        assertThat(chosen("AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem"))
                .isEqualTo(new ArmCredential.ClientCertificate("c", "t", "/c.pem", null));
        assertThat(chosen("JELLYKEEP_ARM_TOKEN", "x")).isEqualTo(new ArmCredential.StaticToken("x"));
    }

    @Test
    void only_a_person_is_taken_to_az_login() {
        assertThat(ArmCredential.fromEnvironment(Map.of("AZURE_TENANT_ID", "t"), true))
                .isEqualTo(new ArmCredential.AzureCli("t"));
        assertThat(ArmCredential.fromEnvironment(Map.of(), true)).isEqualTo(new ArmCredential.AzureCli(null));
        assertThat(ArmCredential.fromEnvironment(WHO, false))
                .isInstanceOfSatisfying(
                        ArmCredential.None.class,
                        none -> assertThat(none.why())
                                .contains("azure.workload.identity/use=true", "AZURE_CLIENT_SECRET"));
    }

    @Test
    void a_secret_beside_a_certificate_is_not_chosen_by_luck() {
        var environment = new HashMap<>(WHO);
        environment.put("AZURE_CLIENT_SECRET", "x");
        environment.put("AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem");

        assertThat(ArmCredential.fromEnvironment(environment, false))
                .isInstanceOfSatisfying(
                        ArmCredential.None.class,
                        none -> assertThat(none.why())
                                .isEqualTo(
                                        "AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH are set, and only one can"
                                                + " count: unset the others"));
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_CLIENT_ID,AZURE_CLIENT_SECRET is set but AZURE_TENANT_ID not",
        "AZURE_TENANT_ID,AZURE_CLIENT_SECRET is set but AZURE_CLIENT_ID not"
    })
    void half_a_credential_says_which_half_is_missing(String given, String start) {
        var credential = ArmCredential.fromEnvironment(Map.of(given, "x", "AZURE_CLIENT_SECRET", "x"), true);

        assertThat(credential)
                .isInstanceOfSatisfying(
                        ArmCredential.None.class,
                        none -> assertThat(none.why().replace(",", "")).startsWith(start));
    }

    @Test
    void no_secret_is_shown() {
        assertThat(chosen("AZURE_CLIENT_SECRET", "hush").toString()).doesNotContain("hush");
        assertThat(chosen("JELLYKEEP_ARM_TOKEN", "hush").toString()).doesNotContain("hush");
        assertThat(new ArmCredential.ClientCertificate("c", "t", "/c", "hush").toString())
                .doesNotContain("hush");
        assertThat(new Tokens.Token("hush", TestTime.START).toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.pfx", "A.PFX", "a.p12"})
    void a_pfx_file_is_known_by_its_name(String path) {
        assertThat(new ArmCredential.ClientCertificate("c", "t", path, null).pfx())
                .isTrue();
        assertThat(new ArmCredential.ClientCertificate("c", "t", path + ".pem", null).pfx())
                .isFalse();
    }

    @Test
    void a_real_credential_never_goes_over_plain_http_nor_an_emulators_token_to_azure() {
        var plain = ArmEndpoint.fromEnvironment(Map.of("AZURE_RESOURCE_MANAGER_ENDPOINT", "http://127.0.0.1:1"));
        var azure = ArmEndpoint.fromEnvironment(Map.of());

        assertThatThrownBy(() -> open(plain, new ArmCredential.ClientSecret("c", "t", "x")))
                .isInstanceOf(ArmException.class)
                .hasMessageContaining("not sent over plain http");
        assertThatThrownBy(() -> open(azure, new ArmCredential.StaticToken("x")))
                .isInstanceOf(ArmException.class)
                .hasMessageContaining("for emulators alone");
    }

    @Test
    void without_a_credential_each_call_says_why() {
        try (var api = open(ArmEndpoint.fromEnvironment(Map.of()), new ArmCredential.None("nothing is set: set it"))) {
            assertThat(ArmTest.refusal(ArmException.Kind.NO_CREDENTIAL, () -> api.app(Arms.APP)))
                    .hasMessageEndingWith(": nothing is set: set it.");
        }
    }

    private static AzureContainerApps open(ArmEndpoint endpoint, ArmCredential credential) {
        return AzureContainerApps.open(endpoint, credential, ArmOptions.defaults(), new Random(1));
    }
}
