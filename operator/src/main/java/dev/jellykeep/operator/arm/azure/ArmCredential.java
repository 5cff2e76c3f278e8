package dev.jellykeep.operator.arm.azure;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the operator proves to ARM who it is. None of these shows its secret in `toString()`.
public sealed interface ArmCredential {

    /// A Kubernetes service account's token, exchanged for one of Entra's.
    record WorkloadIdentity(String clientId, String tenantId, String tokenFile) implements ArmCredential {}

    /// A service principal with a password.
    record ClientSecret(String clientId, String tenantId, String secret) implements ArmCredential {
        @Override
        public String toString() {
            return "ClientSecret[" + clientId + ", " + tenantId + "]";
        }
    }

    /// A service principal with a certificate.
    ///
    /// @param path of a PEM file, or a PFX file if it ends in `.pfx` or `.p12`
    /// @param password null where the file has none
    record ClientCertificate(
            String clientId,
            String tenantId,
            String path,
            @Nullable String password) implements ArmCredential {
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
    ///
    /// @param tenantId null for the one chosen there
    record AzureCli(@Nullable String tenantId) implements ArmCredential {}

    /// For emulators on plain HTTP alone.
    record StaticToken(String token) implements ArmCredential {
        @Override
        public String toString() {
            return "StaticToken[secret]";
        }
    }

    /// Nothing to try, and why: every call fails as NO_CREDENTIAL with this.
    record None(String why) implements ArmCredential {}

    /// Chooses by the environment alone: `JELLYKEEP_ARM_TOKEN` for an emulator; else exactly one of
    /// `AZURE_FEDERATED_TOKEN_FILE`, `AZURE_CLIENT_SECRET` and `AZURE_CLIENT_CERTIFICATE_PATH`, with
    /// `AZURE_CLIENT_ID` and `AZURE_TENANT_ID`; else, at a prompt, `az login`.
    ///
    /// @param atPrompt a person started this
    static ArmCredential fromEnvironment(Map<String, String> environment, boolean atPrompt) {
        var given = Stream.of(
                        "JELLYKEEP_ARM_TOKEN",
                        "AZURE_FEDERATED_TOKEN_FILE",
                        "AZURE_CLIENT_SECRET",
                        "AZURE_CLIENT_CERTIFICATE_PATH")
                .filter(name -> value(environment, name) != null)
                .toList();
        var tenantId = value(environment, "AZURE_TENANT_ID");
        if (given.size() > 1) {
            return new None(String.join(" and ", given) + " are set, and only one can count: unset the others");
        }
        if (given.isEmpty()) {
            return atPrompt
                    ? new AzureCli(tenantId)
                    : new None("there is no credential: label the pod azure.workload.identity/use=true and annotate its"
                            + " service account with the client id, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and"
                            + " AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH");
        }
        var name = given.getFirst();
        var proof = environment.getOrDefault(name, "").strip();
        if (name.equals("JELLYKEEP_ARM_TOKEN")) {
            return new StaticToken(proof);
        }
        var clientId = value(environment, "AZURE_CLIENT_ID");
        if (clientId == null || tenantId == null) {
            return new None(name + " is set, but " + missing(environment) + ": set "
                    + (name.equals("AZURE_FEDERATED_TOKEN_FILE")
                            ? "it by annotating the service account with azure.workload.identity/client-id"
                            : "what az ad sp create-for-rbac printed as appId and tenant"));
        }
        return switch (name) {
            case "AZURE_CLIENT_SECRET" -> new ClientSecret(clientId, tenantId, proof);
            case "AZURE_CLIENT_CERTIFICATE_PATH" ->
                new ClientCertificate(
                        clientId, tenantId, proof, value(environment, "AZURE_CLIENT_CERTIFICATE_PASSWORD"));
            default -> new WorkloadIdentity(clientId, tenantId, proof);
        };
    }

    private static String missing(Map<String, String> environment) {
        return Stream.of("AZURE_CLIENT_ID", "AZURE_TENANT_ID")
                .filter(name -> value(environment, name) == null)
                .collect(Collectors.joining(" and "))
                .concat(" not");
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
