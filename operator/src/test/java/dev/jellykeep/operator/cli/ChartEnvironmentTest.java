package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.arm.azure.ArmCredential;
import dev.jellykeep.operator.arm.azure.ArmEndpoint;
import dev.jellykeep.operator.chart.Chart;
import dev.jellykeep.store.azure.Credential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the chart sets is what the operator reads.
class ChartEnvironmentTest {
    private static final String CLIENT = "00000000-0000-0000-0000-00000000000c";
    private static final String TENANT = "00000000-0000-0000-0000-00000000000d";

    static Stream<Arguments> waysToSignIn() {
        return Stream.of(
                Arguments.of(
                        List.of(),
                        // by AKS' webhook
                        Map.of(
                                "AZURE_CLIENT_ID", CLIENT,
                                "AZURE_TENANT_ID", TENANT,
                                "AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/azure/tokens/azure-identity-token"),
                        ArmCredential.WorkloadIdentity.class),
                Arguments.of(
                        List.of("azure.credentials=ClientSecret", "azure.tenantId=" + TENANT, "azure.secretName=azure"),
                        Map.of(),
                        ArmCredential.ClientSecret.class),
                Arguments.of(
                        List.of(
                                "azure.credentials=ClientCertificate",
                                "azure.tenantId=" + TENANT,
                                "azure.secretName=azure"),
                        Map.of(),
                        ArmCredential.ClientCertificate.class));
    }

    @ParameterizedTest
    @MethodSource("waysToSignIn")
    void anOperatorByTheChartSignsInAndRunsAsItsValuesSay(
            List<String> values, Map<String, String> injected, Class<? extends ArmCredential> wanted) {
        List<String> words = new ArrayList<>();
        Stream.concat(
                        values.stream(),
                        Stream.of(
                                "maxRollouts=3",
                                "managementPort=9000",
                                "azure.resourceManagerEndpoint=https://management.usgovcloudapi.net",
                                "azure.authorityHost=https://login.microsoftonline.us"))
                .forEach(each -> words.addAll(List.of("--set", each)));
        Map<String, String> environment = environment(words);
        environment.putAll(injected);

        OperatorOptions options = OperatorOptions.of(environment);
        assertThat(options.agentImage()).startsWith("ghcr.io/jellykeep/agent:");
        assertThat(options.leaseNamespace()).isEqualTo("jellykeep");
        assertThat(options.maxRollouts()).isEqualTo(3);
        assertThat(options.managementPort()).isEqualTo(9000);
        assertThat(ArmCredential.fromEnvironment(environment, false)).isInstanceOf(wanted);
        assertThat(ArmEndpoint.fromEnvironment(environment).url()).hasToString("https://management.usgovcloudapi.net");
        assertThat(Credential.fromEnvironment(environment, false).getClass().getSimpleName())
                .as("the same for Blob")
                .isEqualTo(wanted.getSimpleName());
    }

    private static Map<String, String> environment(List<String> words) {
        JsonNode deployment = Chart.render(words.toArray(String[]::new)).documents().stream()
                .filter(each -> each.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        Map<String, String> environment = new HashMap<>();
        deployment.at("/spec/template/spec/containers/0/env").forEach(each -> {
            String name = each.path("name").asText();
            String value = each.has("valueFrom")
                    ? "from " + each.at("/valueFrom/secretKeyRef/key").asText()
                    : each.path("value").asText();
            assertThat(environment.put(name, value)).as(name + " twice").isNull();
        });
        assertThat(environment).hasSizeGreaterThanOrEqualTo(6);
        return environment;
    }
}
