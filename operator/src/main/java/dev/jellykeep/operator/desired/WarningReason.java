package dev.jellykeep.operator.desired;

/// What a plan says beside being carried out. The texts are a promise.
public enum WarningReason {
    SHORT_COOLDOWN("ShortCooldown"),
    AZURE_FILES("AzureFiles"),
    NESTED_VOLUME("NestedVolume"),
    NOT_TAKEN_OVER("NotTakenOver"),
    KEY_VAULT_SECRET("KeyVaultSecret"),
    CONTRACT_UNKNOWN("ContractUnknown");

    private final String text;

    WarningReason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
