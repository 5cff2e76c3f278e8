package dev.jellykeep.store.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import org.jspecify.annotations.Nullable;

/// The only class that touches azure-identity, so that a start without it doesn't pay for loading it.
final class IdentityLibrary {
    private IdentityLibrary() {}

    static TokenCredential workload(Credential.WorkloadIdentity identity, HttpClient http) {
        return new WorkloadIdentityCredentialBuilder()
                .clientId(identity.clientId())
                .tenantId(identity.tenantId())
                .tokenFilePath(identity.tokenFile())
                .httpClient(http)
                .build();
    }

    static TokenCredential machine(@Nullable String clientId, HttpClient http) {
        var builder = new ManagedIdentityCredentialBuilder().httpClient(http);
        return clientId == null ? builder.build() : builder.clientId(clientId).build();
    }

    static TokenCredential azureCli() {
        return new AzureCliCredentialBuilder().build();
    }
}
