package dev.jellykeep.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.ScriptedService.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AzureStoresTest {
    private static final int MANY = 20;
    private static final StoreOptions IMPATIENT = StoreOptions.defaults().withDeadline(Duration.ofSeconds(2));

    private static Answer token() {
        return new Answer(
                200,
                Map.of(),
                "{\"access_token\": \"T\", \"expires_on\": \""
                        + Instant.now().plusSeconds(3600).getEpochSecond()
                        + "\", \"resource\": \"https://storage.azure.com/\", \"token_type\": \"Bearer\"}");
    }

    private static Answer[] blobs(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Answer.error(404, "BlobNotFound"))
                .toArray(Answer[]::new);
    }

    private static long selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().contains("SelectorManager"))
                .count();
    }

    private static List<AzureBlobStore> open(AzureStores stores, ScriptedService blobs) {
        List<AzureBlobStore> all = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            all.add(stores.open(new AzureLocation(blobs.url(), "backups-" + number, "")));
        }
        return all;
    }

    @Test
    void many_containers_dont_ask_for_a_token_each() throws IOException {
        try (var identity = new ScriptedService(token());
                var blobs = new ScriptedService(blobs(MANY));
                var stores = AzureStores.of(
                        new Credential.ManagedIdentity(
                                null, new Credential.IdentityEndpoint(URI.create(identity.url() + "/token"), "S")),
                        OutboundProxy.none(),
                        IMPATIENT)) {
            for (AzureBlobStore each : open(stores, blobs)) {
                assertThat(each.read("lineage.json")).isEmpty();
            }
            assertThat(identity.requests).hasSize(1);
            assertThat(blobs.authorizations).hasSize(MANY).containsOnly("Bearer T");
        }
    }

    @Test
    void many_containers_dont_take_a_thread_each() throws IOException {
        try (var blobs = new ScriptedService(blobs(MANY + 1));
                var stores = AzureStores.of(new Credential.Sas("sig=x"), OutboundProxy.none(), IMPATIENT)) {
            assertThat(stores.open(new AzureLocation(blobs.url(), "first", "")).read("lineage.json"))
                    .isEmpty();
            long before = selectors();
            for (AzureBlobStore each : open(stores, blobs)) {
                assertThat(each.read("lineage.json")).isEmpty();
            }
            assertThat(selectors()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void a_closed_one_leaves_the_others_open() throws IOException {
        try (var blobs = new ScriptedService(blobs(2));
                var stores = AzureStores.of(new Credential.Sas("sig=x"), OutboundProxy.none(), IMPATIENT)) {
            List<AzureBlobStore> all = open(stores, blobs);
            assertThat(all.getFirst().read("lineage.json")).isEmpty();
            all.getFirst().close();
            assertThat(all.getLast().read("lineage.json")).isEmpty();
        }
    }
}
