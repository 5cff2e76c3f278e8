package dev.jellykeep.store.azure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An application of Entra's, as the environment names it.
final class EntraApplication {
    private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String CERTIFICATE = "AZURE_CLIENT_CERTIFICATE_PATH";
    private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";

    private EntraApplication() {}

    /// Null where none of the three proofs is set.
    static @Nullable Credential of(Map<String, String> environment) {
        var given = Stream.of(TOKEN_FILE, SECRET, CERTIFICATE)
                .filter(name -> value(environment, name) != null)
                .toList();
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1) {
            return new Credential.None(
                    String.join(" and ", given) + " are set, and only one can count: unset the others");
        }
        var name = given.getFirst();
        var proof = String.valueOf(value(environment, name));
        var clientId = value(environment, "AZURE_CLIENT_ID");
        var tenantId = value(environment, "AZURE_TENANT_ID");
        if (clientId == null || tenantId == null) {
            return new Credential.None(name + " is set, but " + missing(environment) + ": "
                    + (name.equals(TOKEN_FILE)
                            ? "label the pod azure.workload.identity/use=true and annotate its service account with the"
                                    + " client id"
                            : "set what az ad sp create-for-rbac printed as appId and tenant"));
        }
        if (name.equals(TOKEN_FILE)) {
            return new Credential.WorkloadIdentity(clientId, tenantId, proof);
        }
        var authority = value(environment, AUTHORITY);
        var address = authority == null ? null : address(authority);
        if (authority != null && address == null) {
            return new Credential.None(AUTHORITY + " is no address: write it as https://HOST");
        }
        return name.equals(SECRET)
                ? new Credential.ClientSecret(clientId, tenantId, proof, address)
                : new Credential.ClientCertificate(
                        clientId, tenantId, proof, value(environment, "AZURE_CLIENT_CERTIFICATE_PASSWORD"), address);
    }

    private static @Nullable URI address(String text) {
        try {
            var url = new URI(text.replaceAll("/+$", ""));
            return url.getHost() != null && "https".equalsIgnoreCase(url.getScheme()) ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static String missing(Map<String, String> environment) {
        var missing = Stream.of("AZURE_CLIENT_ID", "AZURE_TENANT_ID")
                .filter(name -> value(environment, name) == null)
                .collect(Collectors.joining(" and "));
        return missing + (missing.contains(" and ") ? " are not" : " is not");
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
