package dev.jellykeep.store.azure;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.store.StoreOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// One Azurite for all tests of this module; it ends with the JVM.
public final class Azurites {
    private static final Optional<Azurite> SHARED = Azurite.startOrExplain();

    private Azurites() {}

    /// The one; aborts the test where Azurite can't run.
    public static Azurite shared() {
        return SHARED.orElseGet(() -> abort("Azurite can't run here, see standard error"));
    }

    /// A store that lists ten blobs a page.
    public static AzureBlobStore store(String container, String prefix) {
        return store(shared().connectionString(), container, prefix, Duration.ofSeconds(10));
    }

    static AzureBlobStore store(String connectionString, String container, String prefix, Duration deadline) {
        return AzureBlobStore.open(
                new AzureLocation(null, container, prefix),
                new Credential.ConnectionString(connectionString),
                new StoreOptions(deadline, Duration.ofSeconds(5), 2),
                InstantSource.system(),
                new SecureRandom(),
                10);
    }

    static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/devstoreaccount1");
    }
}
