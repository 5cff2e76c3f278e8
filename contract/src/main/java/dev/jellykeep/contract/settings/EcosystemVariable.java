package dev.jellykeep.contract.settings;

/// Variables whose names other tools have set, and from which alone credentials come. They are no settings:
/// they have no flag, never warn, and no value of theirs is rendered or shown.
public enum EcosystemVariable {
    AZURE_STORAGE_CONNECTION_STRING(true),
    AZURE_STORAGE_SAS_TOKEN(true),
    AZURE_CLIENT_ID(false),
    AZURE_TENANT_ID(false),
    AZURE_FEDERATED_TOKEN_FILE(false);

    private final boolean secret;

    EcosystemVariable(boolean secret) {
        this.secret = secret;
    }

    /// Whether whoever has the value has access.
    public boolean secret() {
        return secret;
    }
}
