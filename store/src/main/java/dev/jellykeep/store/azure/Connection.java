package dev.jellykeep.store.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.AzureSasCredential;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.core.http.policy.AzureSasCredentialPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.StorageSharedKeyCredentialPolicy;
import dev.jellykeep.store.StoreOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// The SDK's pipeline with what this store needs of it, which is no retries, logging or tracing, and with an
/// HTTP client that can be closed.
final class Connection implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /// The SDK finds its virtual threads through method handles that it makes at each start, which takes longer than
    /// the few threads it needs.
    private static final String VIRTUAL_THREADS = "azure.sdk.shared.threadpool.usevirtualthreads";

    static {
        if (System.getProperty(VIRTUAL_THREADS) == null) {
            System.setProperty(VIRTUAL_THREADS, "false");
        }
    }

    private final KeptHttpClient kept;
    private final @Nullable Bearer bearer;
    private final BlobApi api;

    Connection(
            Account account, AzureLocation location, Credential credential, StoreOptions options, InstantSource clock) {
        var connect = options.tryTimeout().compareTo(LONGEST_CONNECT) < 0 ? options.tryTimeout() : LONGEST_CONNECT;
        kept = new KeptHttpClient(account.url().getScheme());
        var http = new JdkHttpClientBuilder(kept)
                .connectionTimeout(connect)
                .responseTimeout(options.tryTimeout())
                .readTimeout(options.tryTimeout())
                .writeTimeout(options.tryTimeout())
                .build();
        HttpPipelinePolicy authentication;
        if (account.key() != null) {
            bearer = null;
            authentication =
                    new StorageSharedKeyCredentialPolicy(new StorageSharedKeyCredential(account.name(), account.key()));
        } else if (account.sas() != null) {
            bearer = null;
            authentication = new AzureSasCredentialPolicy(new AzureSasCredential(account.sas()), false);
        } else {
            bearer = new Bearer(tokens(credential, http, connect), clock);
            authentication = bearer;
        }
        var pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new Refusals(clock), new UserAgentPolicy("jellykeep"), new AddDatePolicy(), authentication)
                .build();
        api = new BlobApi(pipeline, account.url(), location.container());
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
        kept.close();
    }

    private TokenCredential tokens(Credential credential, com.azure.core.http.HttpClient http, Duration timeout) {
        return switch (credential) {
            case Credential.ManagedIdentity(var clientId, var endpoint)
            when endpoint != null -> new EndpointCredential(endpoint, clientId, timeout);
            case Credential.ManagedIdentity(var clientId, var _) -> IdentityLibrary.machine(clientId, http);
            case Credential.WorkloadIdentity workload -> IdentityLibrary.workload(workload, http);
            case Credential.AzureCli _ -> IdentityLibrary.azureCli();
            case Credential.None(var why) -> new NoCredential(why);
            case Credential.ConnectionString _, Credential.Sas _ ->
                throw new IllegalStateException("these have a key or a SAS, and need no token");
        };
    }

    private record NoCredential(String why) implements TokenCredential {
        @Override
        public Mono<AccessToken> getToken(TokenRequestContext request) {
            return Mono.error(() -> new NoTokenException(why, false, null));
        }

        @Override
        public AccessToken getTokenSync(TokenRequestContext request) {
            throw new NoTokenException(why, false, null);
        }
    }
}
