package dev.jellykeep.operator.arm.azure;

/// Who asks, for sentences.
record Caller(ArmCredential credential) {
    String name() {
        return switch (credential) {
            case ArmCredential.WorkloadIdentity(var clientId, var _, var _) -> "the workload identity " + clientId;
            case ArmCredential.ClientSecret(var clientId, var _, var _) -> "the service principal " + clientId;
            case ArmCredential.ClientCertificate certificate -> "the service principal " + certificate.clientId();
            case ArmCredential.AzureCli _ -> "who is logged in with az login";
            case ArmCredential.StaticToken _ -> "the token of JELLYKEEP_ARM_TOKEN";
            case ArmCredential.None _ -> "nobody";
        };
    }

    /// Rather than a service principal.
    boolean person() {
        return credential instanceof ArmCredential.AzureCli;
    }

    /// What to do where no token could be had, to follow the reason.
    String remedyForNoToken() {
        return switch (credential) {
            case ArmCredential.WorkloadIdentity(var clientId, var _, var _) ->
                "; check the federated credential of the identity " + clientId
                        + ": its subject must be system:serviceaccount:NAMESPACE:NAME of this pod";
            case ArmCredential.ClientSecret(var clientId, var _, var _) ->
                "; check AZURE_CLIENT_SECRET and AZURE_TENANT_ID: az ad app credential list --id " + clientId;
            case ArmCredential.ClientCertificate _ ->
                "; check AZURE_CLIENT_CERTIFICATE_PATH and AZURE_CLIENT_CERTIFICATE_PASSWORD";
            case ArmCredential.AzureCli _ -> "; run az login";
            case ArmCredential.StaticToken _ -> "; check JELLYKEEP_ARM_TOKEN";
            case ArmCredential.None _ -> "";
        };
    }
}
