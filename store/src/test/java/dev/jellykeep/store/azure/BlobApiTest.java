package dev.jellykeep.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.ScriptedService.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobApiTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a b/c,a%20b/c",
                "a+b,a%2Bb",
                "a%2Fb%20,a%252Fb%2520",
                "q?x=1&y=2#z,q%3Fx%3D1%26y%3D2%23z",
                "Zoë/🎬,Zo%C3%AB/%F0%9F%8E%AC",
                "a-b._~9;:@'!$*()[]\\,a-b._~9%3B%3A%40%27%21%24%2A%28%29%5B%5D%5C"
            })
    void whatever_a_url_could_read_otherwise_is_encoded(String name, String encoded) {
        assertThat(BlobApi.encode(name)).isEqualTo(encoded);
    }

    @Test
    void a_path_in_the_account_url_stays_before_the_container_and_a_sas_behind_the_query() throws IOException {
        try (var service = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = AzureBlobStore.open(
                        new AzureLocation(URI.create(service.url() + "/account"), "$root", "p q"),
                        new Credential.Sas("sig=a%2Bb%3D"),
                        new StoreOptions(Duration.ofSeconds(1), Duration.ofSeconds(5), 2))) {
            assertThat(store.read("x?y")).isEmpty();
            assertThat(store.facts("x?y")).isEmpty();
            assertThat(service.requests)
                    .containsExactly(
                            "GET /account/$root/p%20q/x%3Fy?sig=a%2Bb%3D",
                            "HEAD /account/$root/p%20q/x%3Fy?sig=a%2Bb%3D");
        }
    }
}
