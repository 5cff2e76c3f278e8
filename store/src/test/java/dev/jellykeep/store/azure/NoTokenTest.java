package dev.jellykeep.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class NoTokenTest {
    @Test
    void the_librarys_words_become_one_sentence_without_its_link() {
        var thrown = new ClientAuthenticationException(
                "Azure CLI not installed.To mitigate this issue, please refer to https://aka.ms/x", null);
        assertThat(NoTokenException.of(thrown)).hasMessage("Azure CLI not installed");
        assertThat(NoTokenException.of(thrown).passing()).isFalse();
    }

    @Test
    void what_the_library_hides_in_a_cause_is_told() {
        var thrown = new ClientAuthenticationException(
                "Managed Identity authentication failed, see inner exception for more information.",
                null,
                new ConnectException("Connection refused"));
        assertThat(NoTokenException.of(thrown)).hasMessage("Connection refused");
        assertThat(NoTokenException.of(thrown).passing()).isTrue();
    }

    @Test
    void a_pod_without_its_token_file_is_told_at_once() {
        var id = "11111111-2222-3333-4444-555555555555";
        try (var store = AzureBlobStore.open(
                new AzureLocation(URI.create("https://stfamily.blob.core.windows.net"), "backups", ""),
                new Credential.WorkloadIdentity(id, id, "/no/such/token"),
                StoreOptions.defaults().withDeadline(Duration.ofMinutes(5)))) {
            var e = Assertions.catchThrowableOfType(StoreException.class, () -> store.read("lineage.json"));
            assertThat(e.kind()).isEqualTo(Kind.NO_CREDENTIAL);
            assertThat(e)
                    .hasMessageContaining("/no/such/token can't be read")
                    .hasMessageContaining("AZURE_STORAGE_CONNECTION_STRING");
        }
    }
}
