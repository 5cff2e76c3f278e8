package dev.jellykeep.agent.attack.store;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Makes places whose store is a container of its own in a real Azurite.
record HttpPlaces(Azurite azurite) implements Place.Maker {
    /// Bytes of a file that needs more than a block.
    static final int LARGE = 9 << 19;

    private static final String CONTAINER = "JELLYKEEP_CONTAINER";
    private static final String CONNECTION = "AZURE_STORAGE_CONNECTION_STRING";

    /// A service that is slow because the machine is busy is no fault.
    static final StoreOptions PATIENT = new StoreOptions(Duration.ofMinutes(4), Duration.ofMinutes(2), 2);

    @Override
    public Place in(Path at) throws IOException {
        Files.createDirectories(at.resolve("root"));
        String container = azurite.newContainer();
        return new Place(
                at,
                Map.of(CONNECTION, azurite.connectionString(), CONTAINER, container),
                () -> open(container, azurite.port(), PATIENT));
    }

    /// The store of such a place, asked through another port.
    static BlobStore open(Place place, int port, StoreOptions options) {
        return open(String.valueOf(place.settings().get(CONTAINER)), port, options);
    }

    private static BlobStore open(String container, int port, StoreOptions options) {
        return AzureBlobStore.open(
                new AzureLocation(null, container, ""),
                new Credential.ConnectionString(Azurite.connectionString(port)),
                OutboundProxy.none(),
                options);
    }

    /// What a process is told that is to ask through another port.
    static Map<String, String> through(int port) {
        return Map.of(CONNECTION, Azurite.connectionString(port));
    }
}
