package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.operator.reconcile.Places;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.AzureStores;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Policies' folders in Azure, seen with the rights of whoever runs this: one token and one HTTP client for all of
/// them.
final class AzurePlaces implements Places, AutoCloseable {
    /// A look that takes longer is told as one that failed.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AzureStores stores;

    /// @param atPrompt a person started this, so that `az login` counts
    AzurePlaces(Map<String, String> environment, boolean atPrompt) {
        this.stores = AzureStores.of(
                Credential.fromEnvironment(environment, atPrompt),
                OutboundProxy.fromEnvironment(environment),
                StoreOptions.defaults().withDeadline(PATIENCE));
    }

    @Override
    public BlobStore open(StorageSpec storage) {
        return stores.open(new AzureLocation(URI.create(storage.accountUrl()), storage.container(), storage.prefix()));
    }

    @Override
    public void close() {
        stores.close();
    }
}
