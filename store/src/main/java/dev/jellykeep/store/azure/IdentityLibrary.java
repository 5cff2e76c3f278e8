package dev.jellykeep.store.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tokens by azure-identity. The only class that touches it and its HTTP client, so that a start without them doesn't
/// pay for loading them.
final class IdentityLibrary implements Tokens {
    /// The SDK finds its virtual threads through method handles that it makes at each start, which takes longer than
    /// the few threads it needs.
    private static final String VIRTUAL_THREADS = "azure.sdk.shared.threadpool.usevirtualthreads";

    /// Of the public, the US government's and the Chinese cloud.
    private static final Set<String> MICROSOFTS = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.chinacloudapi.cn",
            "login.partner.microsoftonline.cn");

    static {
        if (System.getProperty(VIRTUAL_THREADS) == null) {
            System.setProperty(VIRTUAL_THREADS, "false");
        }
    }

    private final TokenCredential credential;
    private final KeptHttpClient kept;

    private IdentityLibrary(TokenCredential credential, KeptHttpClient kept) {
        this.credential = credential;
        this.kept = kept;
    }

    static Tokens workload(Credential.WorkloadIdentity identity, Duration connect, Duration timeout) {
        var kept = new KeptHttpClient();
        var credential = new WorkloadIdentityCredentialBuilder()
                .clientId(identity.clientId())
                .tenantId(identity.tenantId())
                .tokenFilePath(identity.tokenFile())
                .httpClient(client(kept, connect, timeout))
                .build();
        return new IdentityLibrary(credential, kept);
    }

    static Tokens machine(@Nullable String clientId, Duration connect, Duration timeout) {
        var kept = new KeptHttpClient();
        var builder = new ManagedIdentityCredentialBuilder().httpClient(client(kept, connect, timeout));
        return new IdentityLibrary((clientId == null ? builder : builder.clientId(clientId)).build(), kept);
    }

    static Tokens secret(Credential.ClientSecret principal, Duration connect, Duration timeout) {
        var kept = new KeptHttpClient();
        var builder = new ClientSecretCredentialBuilder().clientSecret(principal.secret());
        at(principal.authority(), builder.clientId(principal.clientId()).tenantId(principal.tenantId()));
        return new IdentityLibrary(
                builder.httpClient(client(kept, connect, timeout)).build(), kept);
    }

    static Tokens certificate(Credential.ClientCertificate principal, Duration connect, Duration timeout) {
        var kept = new KeptHttpClient();
        var builder = new ClientCertificateCredentialBuilder();
        if (principal.pfx()) {
            builder.pfxCertificate(principal.path());
        } else {
            builder.pemCertificate(principal.path());
        }
        if (principal.password() != null) {
            builder.clientCertificatePassword(principal.password());
        }
        at(principal.authority(), builder.clientId(principal.clientId()).tenantId(principal.tenantId()));
        return new IdentityLibrary(
                builder.httpClient(client(kept, connect, timeout)).build(), kept);
    }

    /// An authority that isn't Microsoft's own can't be asked about itself. Retries are the store's.
    private static void at(@Nullable URI authority, AadCredentialBuilderBase<?> builder) {
        builder.retryOptions(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500))));
        if (authority != null) {
            builder.authorityHost(authority.toString());
            if (!MICROSOFTS.contains(authority.getHost().toLowerCase(Locale.ROOT))) {
                builder.disableInstanceDiscovery();
            }
        }
    }

    static Tokens azureCli() {
        return new IdentityLibrary(new AzureCliCredentialBuilder().build(), new KeptHttpClient());
    }

    @Override
    public Token get() {
        var token = credential.getTokenSync(new TokenRequestContext().addScopes(RESOURCE + ".default"));
        return new Token(token.getToken(), token.getExpiresAt().toInstant());
    }

    @Override
    public void close() {
        kept.close();
    }

    private static HttpClient client(KeptHttpClient kept, Duration connect, Duration timeout) {
        return new JdkHttpClientBuilder(kept)
                .connectionTimeout(connect)
                .responseTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
    }
}
