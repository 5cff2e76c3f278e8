package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stores that one identity opens. They share what need not be there twice: HTTP clients, and the token.
public final class AzureStores implements AutoCloseable {
    /// What a listing shows at once: as much as the service gives.
    static final int PAGE = 5000;

    static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final Credential credential;
    private final OutboundProxy proxy;
    private final StoreOptions options;
    private final InstantSource clock;
    private final Duration connect;
    private final Clients clients;
    // Both are guarded by this; null: no account has needed a token yet.
    private @Nullable Tokens tokens;
    private @Nullable Bearer bearer;

    AzureStores(Credential credential, OutboundProxy proxy, StoreOptions options, InstantSource clock) {
        this.credential = credential;
        this.proxy = proxy;
        this.options = options;
        this.clock = clock;
        var timeout = options.tryTimeout();
        this.connect = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
        this.clients = new Clients(proxy, connect);
    }

    /// Nothing is asked of Azure before the first call of a store.
    public static AzureStores of(Credential credential, OutboundProxy proxy, StoreOptions options) {
        return new AzureStores(credential, proxy, options, InstantSource.system());
    }

    /// Makes a store, which can be closed but needn't: what it holds is shared.
    ///
    /// @throws dev.jellykeep.store.StoreException INVALID if the settings can't be right
    public AzureBlobStore open(AzureLocation location) {
        return new AzureBlobStore(this, location, new SecureRandom(), PAGE, () -> {});
    }

    StoreOptions options() {
        return options;
    }

    InstantSource clock() {
        return clock;
    }

    Account account(AzureLocation location) {
        return Account.of(location, credential);
    }

    BlobApi api(Account account, AzureLocation location) {
        var transport = new Transport(clients.to(account.url()), authentication(account), options::patience, clock);
        return new BlobApi(transport, account.url(), location.container());
    }

    Sentences sentences(Account account, AzureLocation location) {
        return new Sentences(account, location, credential, proxy, this::principal);
    }

    /// Object id of the identity that the last token was for.
    private synchronized Optional<String> principal() {
        return bearer == null ? Optional.empty() : bearer.principal();
    }

    private Authentication authentication(Account account) {
        if (account.key() != null) {
            return new SharedKey(account.name(), account.key());
        }
        return account.sas() != null ? Authentication.sas(account.sas()) : bearer();
    }

    private synchronized Bearer bearer() {
        var known = bearer;
        if (known == null) {
            var source = tokens(credential, connect, options.tryTimeout());
            tokens = source;
            known = new Bearer(source, clock);
            bearer = known;
        }
        return known;
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

    /// Ends all that its stores share, and with it what they have under way.
    @Override
    public synchronized void close() {
        clients.close();
        if (tokens != null) {
            tokens.close();
        }
    }
}
