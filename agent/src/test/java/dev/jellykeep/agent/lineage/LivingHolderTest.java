package dev.jellykeep.agent.lineage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.agent.fixture.Listener;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.archives.Reading;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LivingHolderTest {
    @Test
    void aHolderIsNotTakenForGoneWhereSomethingOnTheWayKnowsNoReport() throws IOException {
        LineageDocument held = LineageDocument.fresh(UUID.randomUUID(), null)
                .withHolder(UUID.randomUUID().toString(), 1);
        Reading.Present reading = new Reading.Present(held, "\"0x1\"", Duration.ofDays(1));
        try (Listener proxy = new Listener();
                BlobStore store = AzureBlobStore.open(
                        new AzureLocation(URI.create(proxy.address("")), "backups", ""),
                        new Credential.Sas("sig=x"),
                        OutboundProxy.none(),
                        StoreOptions.defaults().withDeadline(Duration.ofSeconds(1)))) {
            proxy.answers(404);
            LineageStore lineage = new LineageStore(store, Duration.ofMinutes(2));
            assertThatThrownBy(() -> lineage.holderIsStale(reading))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("something that is no Blob service answers (404)");
        }
    }
}
