package dev.jellykeep.sandbox.local;

import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.ingress.Ingress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a local Azure is started.
///
/// @param folder which nobody else uses; certificates go there
/// @param emulator of the Container Apps API; its host and its steering are replaced
/// @param site makes the place where replicas run
/// @param account the storage account's resource id
/// @param blobs where blobs are kept; in memory where null
/// @param ingressPort 0 for any that is free
/// @param ingressLimit how long a request waits for a replica
public record LocalOptions(
        Path folder,
        Options emulator,
        Supplier<Site> site,
        String account,
        @Nullable Path blobs,
        int ingressPort,
        Duration ingressLimit) {
    private static final String ACCOUNT = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/media"
            + "/providers/Microsoft.Storage/storageAccounts/devstoreaccount1";

    /// The system's clock, the usual quirks, blobs in memory, simulated replicas that nobody can reach.
    public static LocalOptions of(Path folder) {
        return new LocalOptions(
                folder,
                Options.usual(),
                () -> Site.simulated((_, _) -> Optional.empty()),
                ACCOUNT,
                null,
                0,
                Ingress.LIMIT);
    }

    public LocalOptions with(Options other) {
        return new LocalOptions(folder, other, site, account, blobs, ingressPort, ingressLimit);
    }

    public LocalOptions with(Supplier<Site> other) {
        return new LocalOptions(folder, emulator, other, account, blobs, ingressPort, ingressLimit);
    }

    public LocalOptions withBlobs(Path location) {
        return new LocalOptions(folder, emulator, site, account, location, ingressPort, ingressLimit);
    }

    public LocalOptions withIngressPort(int port) {
        return new LocalOptions(folder, emulator, site, account, blobs, port, ingressLimit);
    }

    public LocalOptions withIngressLimit(Duration limit) {
        return new LocalOptions(folder, emulator, site, account, blobs, ingressPort, limit);
    }
}
