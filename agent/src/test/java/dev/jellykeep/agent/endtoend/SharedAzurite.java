package dev.jellykeep.agent.endtoend;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import java.util.Map;
import java.util.Optional;

/// One Azurite for all tests; it ends with the JVM.
final class SharedAzurite {
    private static final Optional<Azurite> SHARED = Azurite.startOrExplain();

    private SharedAzurite() {}

    /// @param environment by which the program finds it
    record Container(BlobStore store, Map<String, String> environment) {}

    /// A new, empty container; aborts the test where Azurite can't run.
    static Container newContainer() {
        Azurite azurite = SHARED.orElseGet(() -> abort("Azurite can't run here, see standard error"));
        String name = azurite.newContainer();
        BlobStore store = AzureBlobStore.open(
                new AzureLocation(null, name, ""),
                new Credential.ConnectionString(azurite.connectionString()),
                OutboundProxy.none(),
                StoreOptions.defaults());
        return new Container(
                store,
                Map.of("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString(), "JELLYKEEP_CONTAINER", name));
    }
}
