package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.arm.ArmException;
import java.net.URI;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmEndpointTest {
    @ParameterizedTest
    @CsvSource({
        "'',https://management.azure.com",
        "https://login.microsoftonline.com/,https://management.azure.com",
        "https://login.microsoftonline.us/,https://management.usgovcloudapi.net",
        "https://login.chinacloudapi.cn,https://management.chinacloudapi.cn",
        "https://LOGIN.partner.microsoftonline.cn/,https://management.chinacloudapi.cn"
    })
    void a_clouds_authority_is_enough_to_find_its_arm(String authority, String arm) {
        var endpoint = ArmEndpoint.fromEnvironment(Map.of("AZURE_AUTHORITY_HOST", authority));

        assertThat(endpoint.url()).isEqualTo(URI.create(arm));
        assertThat(endpoint.audience()).isEqualTo(arm);
    }

    @Test
    void an_arm_is_enough_to_find_its_authority() {
        var endpoint = ArmEndpoint.fromEnvironment(
                Map.of("AZURE_RESOURCE_MANAGER_ENDPOINT", "https://management.usgovcloudapi.net/"));

        assertThat(endpoint.authority()).isEqualTo(URI.create("https://login.microsoftonline.us"));
    }

    @Test
    void a_cloud_of_ones_own_is_named_whole() {
        var endpoint = ArmEndpoint.fromEnvironment(Map.of(
                "AZURE_RESOURCE_MANAGER_ENDPOINT", "https://management.local.azurestack.external/",
                "AZURE_RESOURCE_MANAGER_AUDIENCE", "https://management.stack.onmicrosoft.com/1",
                "AZURE_AUTHORITY_HOST", "https://adfs.local/adfs"));

        assertThat(endpoint)
                .isEqualTo(new ArmEndpoint(
                        URI.create("https://management.local.azurestack.external"),
                        "https://management.stack.onmicrosoft.com/1",
                        URI.create("https://adfs.local/adfs")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://management.azure.com,https://login.microsoftonline.us,AZURE_AUTHORITY_HOST is of Azure US Government",
        "'',https://login.example.org,AZURE_AUTHORITY_HOST is of no cloud known here",
        "management.azure.com,'',AZURE_RESOURCE_MANAGER_ENDPOINT is no address",
        "ftp://management.azure.com,'',AZURE_RESOURCE_MANAGER_ENDPOINT is no address",
        "https://u:hush@management.azure.com,'',AZURE_RESOURCE_MANAGER_ENDPOINT is no address",
        "'',://,AZURE_AUTHORITY_HOST is no address"
    })
    void what_contradicts_itself_is_one_sentence(String arm, String authority, String start) {
        Assertions.assertThatThrownBy(() -> ArmEndpoint.fromEnvironment(
                        Map.of("AZURE_RESOURCE_MANAGER_ENDPOINT", arm, "AZURE_AUTHORITY_HOST", authority)))
                .isInstanceOf(ArmException.class)
                .hasMessageStartingWith(start)
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://management.azure.com/x",
                "https://management.azure.com.evil.example/x",
                "https://management.azure.com:8443/x",
                "https://management.azure.com@evil.example/x",
                "https://user@management.azure.com/x",
                "https:management.azure.com",
                "//management.azure.com/x"
            })
    void what_only_looks_like_arm_gets_no_token(String url) {
        assertThat(ArmEndpoint.fromEnvironment(Map.of()).owns(URI.create(url))).isFalse();
    }

    @Test
    void arm_is_itself_in_any_case_and_with_its_port() {
        var endpoint = ArmEndpoint.fromEnvironment(Map.of());

        assertThat(endpoint.owns(URI.create("HTTPS://Management.Azure.com:443/x?y=z")))
                .isTrue();
    }
}
