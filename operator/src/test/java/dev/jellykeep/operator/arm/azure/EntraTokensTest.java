package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.ArmException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

/// The library itself, as far as it comes without Entra.
class EntraTokensTest {
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";

    @TempDir
    Path folder;

    private static ArmException refusal(Kind kind, ArmCredential credential) {
        // Nobody listens on port 1.
        var nobody = URI.create("https://127.0.0.1:1");
        var time = new TestTime();
        var connection = new ArmConnection(
                new ArmEndpoint(nobody, nobody.toString(), nobody),
                credential,
                new ArmOptions(Duration.ofSeconds(3), Duration.ofSeconds(3), Limit.READS, Limit.WRITES),
                new Surroundings(time, time, new Random(1), NOPLogger.NOP_LOGGER));
        try (var api = new AzureContainerApps(connection)) {
            return ArmTest.refusal(kind, () -> api.app(Arms.APP));
        }
    }

    @Test
    void a_missing_token_file_is_named() {
        var file = folder.resolve("token").toString();

        assertThat(refusal(Kind.NO_CREDENTIAL, new ArmCredential.WorkloadIdentity("c-1", TENANT, file)))
                .hasMessageContaining(file)
                .hasMessageContaining("federated credential of the identity c-1");
    }

    @Test
    void a_missing_certificate_is_named() {
        var file = folder.resolve("operator.pem").toString();

        assertThat(refusal(Kind.NO_CREDENTIAL, new ArmCredential.ClientCertificate("c-1", TENANT, file, null)))
                .hasMessageContaining(file)
                .hasMessageContaining("AZURE_CLIENT_CERTIFICATE_PATH");
    }

    @Test
    void an_authority_out_of_reach_may_come_back_and_the_secret_is_not_told() {
        assertThat(refusal(Kind.UNREACHABLE, new ArmCredential.ClientSecret("c-1", TENANT, "hush")))
                .hasMessageContaining(": Entra ")
                .hasMessageNotContaining("hush");
    }
}
