package dev.jellykeep.store.azure;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a store proves to Azure who it is. None of these shows its secret in `toString()`.
public sealed interface Credential {

    /// A storage account's connection string, with an account key or a SAS in it.
    record ConnectionString(String value) implements Credential {
        @Override
        public String toString() {
            return "ConnectionString[secret]";
        }
    }

    /// A shared access signature for an account URL that is configured apart.
    record Sas(String token) implements Credential {
        @Override
        public String toString() {
            return "Sas[secret]";
        }
    }

    /// The managed identity of the app or machine this runs on.
    ///
    /// @param clientId null for the system-assigned one
    /// @param endpoint null where only the machine's metadata service is left to ask
    record ManagedIdentity(
            @Nullable String clientId, @Nullable IdentityEndpoint endpoint) implements Credential {}

    /// A Kubernetes service account's token, exchanged for one of Entra's.
    record WorkloadIdentity(String clientId, String tenantId, String tokenFile) implements Credential {}

    /// A service principal with a password.
    ///
    /// @param authority Entra's address; null for the public one
    record ClientSecret(
            String clientId,
            String tenantId,
            String secret,
            @Nullable URI authority) implements Credential {
        @Override
        public String toString() {
            return "ClientSecret[" + clientId + ", " + tenantId + "]";
        }
    }

    /// A service principal with a certificate.
    ///
    /// @param path of a PEM file, or a PFX file if it ends in `.pfx` or `.p12`
    /// @param password null where the file has none
    /// @param authority Entra's address; null for the public one
    record ClientCertificate(
            String clientId,
            String tenantId,
            String path,
            @Nullable String password,
            @Nullable URI authority) implements Credential {
        boolean pfx() {
            var name = path.toLowerCase(Locale.ROOT);
            return name.endsWith(".pfx") || name.endsWith(".p12");
        }

        @Override
        public String toString() {
            return "ClientCertificate[" + clientId + ", " + tenantId + ", " + path + "]";
        }
    }

    /// Whoever is logged in with `az login`.
    record AzureCli() implements Credential {}

    /// Nothing to try, and why: every use fails as NO_CREDENTIAL with this sentence.
    record None(String why) implements Credential {}

    /// The local token service of Container Apps and App Service.
    ///
    /// @param secret value of the header that it wants to see
    record IdentityEndpoint(URI url, String secret) {
        @Override
        public String toString() {
            return "IdentityEndpoint[" + url + "]";
        }
    }

    /// Chooses by the environment alone.
    ///
    /// A connection string or SAS that is set wins. Inside Container Apps only the managed identity is tried.
    /// Elsewhere: a managed identity's endpoint, then workload identity or a service principal's secret or
    /// certificate, then at a prompt `az login`, else the machine's identity.
    ///
    /// @param atPrompt a person started this
    static Credential fromEnvironment(Map<String, String> environment, boolean atPrompt) {
        var connectionString =
                environment.getOrDefault("AZURE_STORAGE_CONNECTION_STRING", "").strip();
        if (!connectionString.isEmpty()) {
            return new ConnectionString(connectionString);
        }
        var sas = environment.getOrDefault("AZURE_STORAGE_SAS_TOKEN", "").strip();
        if (!sas.isEmpty()) {
            return new Sas(sas);
        }
        var clientId = emptyToNull(environment.get("AZURE_CLIENT_ID"));
        var endpoint = emptyToNull(environment.get("IDENTITY_ENDPOINT"));
        if (environment.containsKey("CONTAINER_APP_NAME") && endpoint == null) {
            return new None("this container has no IDENTITY_ENDPOINT: give the app a managed identity"
                    + " (az containerapp identity assign) whose identitySettings lifecycle includes this container; on"
                    + " environments without the Consumption workload profile init containers never get one, and need"
                    + " AZURE_STORAGE_CONNECTION_STRING from an app secret");
        }
        if (endpoint != null) {
            return managedIdentity(clientId, endpoint, environment.getOrDefault("IDENTITY_HEADER", ""));
        }
        var application = EntraApplication.of(environment);
        if (application != null) {
            return application;
        }
        return atPrompt ? new AzureCli() : new ManagedIdentity(clientId, null);
    }

    private static Credential managedIdentity(@Nullable String clientId, String endpoint, String secret) {
        try {
            return new ManagedIdentity(clientId, new IdentityEndpoint(URI.create(endpoint), secret));
        } catch (IllegalArgumentException _) {
            return new None("IDENTITY_ENDPOINT is not a URL: unset it where there is no managed identity");
        }
    }

    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
