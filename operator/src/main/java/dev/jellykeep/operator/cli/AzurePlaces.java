package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.operator.reconcile.Places;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Policies' folders in Azure, seen with the rights of whoever runs this.
final class AzurePlaces implements Places {
    /// A look that takes longer is told as one that failed.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Credential credential;
    private final OutboundProxy proxy;

    /// @param atPrompt a person started this, so that `az login` counts
    AzurePlaces(Map<String, String> environment, boolean atPrompt) {
        this.credential = Credential.fromEnvironment(environment, atPrompt);
        this.proxy = OutboundProxy.fromEnvironment(environment);
    }

    @Override
    public BlobStore open(StorageSpec storage) {
        return AzureBlobStore.open(
                new AzureLocation(URI.create(storage.accountUrl()), storage.container(), storage.prefix()),
                credential,
                proxy,
                StoreOptions.defaults().withDeadline(PATIENCE));
    }
}
