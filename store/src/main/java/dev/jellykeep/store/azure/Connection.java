package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container's requests with what they need below: who we are, and an HTTP client that can be closed.
final class Connection implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final @Nullable Tokens tokens;
    private final @Nullable Bearer bearer;
    private final Transport transport;
    private final BlobApi api;

    Connection(
            Account account,
            AzureLocation location,
            Credential credential,
            OutboundProxy proxy,
            StoreOptions options,
            InstantSource clock) {
        var timeout = options.tryTimeout();
        var connect = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
        Authentication authentication;
        if (account.key() != null) {
            tokens = null;
            bearer = null;
            authentication = new SharedKey(account.name(), account.key());
        } else if (account.sas() != null) {
            tokens = null;
            bearer = null;
            authentication = Authentication.sas(account.sas());
        } else {
            tokens = tokens(credential, connect, timeout);
            bearer = new Bearer(tokens, clock);
            authentication = bearer;
        }
        transport = new Transport(account.url(), proxy, authentication, connect, timeout, clock);
        api = new BlobApi(transport, account.url(), location.container());
    }

    BlobApi api() {
        return api;
    }

    /// Object id of the identity that the last token was for.
    Optional<String> principal() {
        return bearer == null ? Optional.empty() : bearer.principal();
    }

    @Override
    public void close() {
        transport.close();
        if (tokens != null) {
            tokens.close();
        }
    }

    private static Tokens tokens(Credential credential, Duration connect, Duration timeout) {
        return switch (credential) {
            case Credential.ManagedIdentity(var clientId, var endpoint)
            when endpoint != null -> new EndpointCredential(endpoint, clientId, connect);
            case Credential.ManagedIdentity(var clientId, var _) -> IdentityLibrary.machine(clientId, connect, timeout);
            case Credential.WorkloadIdentity workload -> IdentityLibrary.workload(workload, connect, timeout);
            case Credential.ClientSecret principal -> IdentityLibrary.secret(principal, connect, timeout);
            case Credential.ClientCertificate principal -> IdentityLibrary.certificate(principal, connect, timeout);
            case Credential.AzureCli _ -> IdentityLibrary.azureCli();
            case Credential.None(var why) -> Tokens.none(why);
            case Credential.ConnectionString _, Credential.Sas _ ->
                throw new IllegalStateException("these have a key or a SAS, and need no token");
        };
    }
}
