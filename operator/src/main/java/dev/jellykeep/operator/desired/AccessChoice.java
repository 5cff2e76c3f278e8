package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.StorageIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Resolves `storage.identity`: what it names; else the app's only user-assigned identity, else its
/// system-assigned one.
final class AccessChoice {
    private final AppTree app;
    private final AppName name;
    private final Identities identities;
    private final Findings findings;

    private AccessChoice(AppTree app, AppName name, Findings findings) {
        this.app = app;
        this.name = name;
        this.identities = Identities.of(app.root());
        this.findings = findings;
    }

    static @Nullable Access of(AppTree app, AppName name, @Nullable StorageIdentity wanted, Findings findings) {
        AccessChoice choice = new AccessChoice(app, name, findings);
        return wanted == null ? choice.byDefault() : choice.named(wanted);
    }

    private @Nullable Access named(StorageIdentity wanted) {
        if (wanted.secretName() != null) {
            return secret(wanted.secretName());
        }
        if (wanted.resourceId() == null) {
            return identities.systemAssigned() ? new Access.SystemAssigned() : noSystem();
        }
        Map.Entry<String, JsonNode> found = identities.find(wanted.resourceId());
        if (found == null) {
            findings.refuse(
                    RefusalReason.NO_IDENTITY,
                    "%s doesn't have the identity %s".formatted(name, wanted.resourceId()),
                    name.az("identity assign", "--user-assigned " + wanted.resourceId()));
            return null;
        }
        return userAssigned(found);
    }

    private @Nullable Access byDefault() {
        var only = identities.only();
        if (only != null) {
            return userAssigned(only);
        }
        if (identities.systemAssigned()) {
            return new Access.SystemAssigned();
        }
        if (identities.userAssigned().isEmpty()) {
            findings.refuse(
                    RefusalReason.NO_IDENTITY,
                    "%s has no managed identity with which to reach the storage account".formatted(name),
                    "assign one that has the role Storage Blob Data Contributor on the container: "
                            + name.az("identity assign", "--user-assigned IDENTITY_ID"));
        } else {
            findings.refuse(
                    RefusalReason.NO_IDENTITY,
                    "%s has several user-assigned identities, and the policy doesn't say which one may write the archives"
                            .formatted(name),
                    "write spec.storage.identity: {resourceId: ID} with one of " + AppName.quoted(identities.ids()));
        }
        return null;
    }

    private @Nullable Access userAssigned(Map.Entry<String, JsonNode> identity) {
        String clientId = Members.text(identity.getValue(), "clientId");
        if (clientId == null) {
            findings.refuse(
                    RefusalReason.NO_IDENTITY,
                    "Azure doesn't say the client id of identity %s of %s; it does so shortly after assigning it"
                            .formatted(identity.getKey(), name),
                    "wait, or look whether it still exists: az identity show --ids " + identity.getKey());
            return null;
        }
        return new Access.UserAssigned(identity.getKey(), clientId);
    }

    private @Nullable Access noSystem() {
        findings.refuse(
                RefusalReason.NO_IDENTITY,
                "%s has no system-assigned identity".formatted(name),
                "switch it on, and give it the role Storage Blob Data Contributor on the container: "
                        + name.az("identity assign", "--system-assigned"));
        return null;
    }

    private @Nullable Access secret(String secret) {
        JsonNode found = Members.list(app.configuration(), "secrets").stream()
                .filter(each -> Members.name(each).equals(secret))
                .findFirst()
                .orElse(null);
        if (found == null) {
            findings.refuse(
                    RefusalReason.SECRET_MISSING,
                    "%s has no secret %s, which spec.storage.identity names".formatted(name, secret),
                    name.az(
                            "secret set",
                            "--secrets '%s=BlobEndpoint=https://ACCOUNT.blob.core.windows.net;SharedAccessSignature=SAS'"
                                    .formatted(secret)));
            return null;
        }
        if (Members.text(found, "keyVaultUrl") != null) {
            findings.warn(
                    WarningReason.KEY_VAULT_SECRET,
                    "secret %s of %s comes from a key vault: an init container may find it empty at the first start and"
                                    .formatted(secret, name)
                            + " start anew; a secret of the app's own doesn't have that");
        }
        return new Access.Secret(secret);
    }
}
