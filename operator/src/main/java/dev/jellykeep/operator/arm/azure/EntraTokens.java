package dev.jellykeep.operator.arm.azure;

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
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.time.Duration;
import java.time.Instant;

/// Entra's tokens, by azure-identity.
final class EntraTokens {
    private static final Duration SOON = Duration.ofSeconds(10);

    private EntraTokens() {}

    static Tokens of(ArmCredential credential, ArmEndpoint endpoint) {
        return switch (credential) {
            case ArmCredential.WorkloadIdentity(var clientId, var tenantId, var file) ->
                tokens(
                        at(endpoint, clientId, tenantId, new WorkloadIdentityCredentialBuilder().tokenFilePath(file))
                                .build(),
                        endpoint);
            case ArmCredential.ClientSecret(var clientId, var tenantId, var secret) ->
                tokens(
                        at(endpoint, clientId, tenantId, new ClientSecretCredentialBuilder().clientSecret(secret))
                                .build(),
                        endpoint);
            case ArmCredential.ClientCertificate certificate ->
                tokens(
                        at(endpoint, certificate.clientId(), certificate.tenantId(), with(certificate))
                                .build(),
                        endpoint);
            case ArmCredential.AzureCli(var tenantId) -> {
                var builder = new AzureCliCredentialBuilder();
                yield tokens((tenantId == null ? builder : builder.tenantId(tenantId)).build(), endpoint);
            }
            case ArmCredential.StaticToken(var token) -> () -> new Tokens.Token(token, Instant.MAX);
            case ArmCredential.None(var why) -> Tokens.none(why);
        };
    }

    private static Tokens tokens(TokenCredential credential, ArmEndpoint endpoint) {
        // An audience that ends in a slash keeps it, and two are right then.
        var scope = endpoint.audience() + "/.default";
        return () -> {
            var token = credential.getTokenSync(new TokenRequestContext().addScopes(scope));
            return new Tokens.Token(token.getToken(), token.getExpiresAt().toInstant());
        };
    }

    /// A builder with what they all need. Where Entra isn't Microsoft's own, it can't be asked about
    /// itself.
    private static <B extends AadCredentialBuilderBase<B>> B at(
            ArmEndpoint endpoint, String clientId, String tenantId, B builder) {
        builder.clientId(clientId)
                .tenantId(tenantId)
                .authorityHost(endpoint.authority().toString())
                .httpClient(client())
                .retryOptions(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500))));
        return Cloud.byAuthority(endpoint.authority()).isPresent() ? builder : builder.disableInstanceDiscovery();
    }

    private static ClientCertificateCredentialBuilder with(ArmCredential.ClientCertificate certificate) {
        var builder = new ClientCertificateCredentialBuilder();
        var named = certificate.pfx()
                ? builder.pfxCertificate(certificate.path())
                : builder.pemCertificate(certificate.path());
        return certificate.password() == null ? named : named.clientCertificatePassword(certificate.password());
    }

    private static HttpClient client() {
        return new JdkHttpClientBuilder()
                .connectionTimeout(SOON)
                .responseTimeout(SOON)
                .readTimeout(SOON)
                .writeTimeout(SOON)
                .build();
    }
}
