package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One of three ways to be somebody.
@ValidationRule(
        value = "[has(self.resourceId), has(self.system) && self.system, has(self.secretName)].filter(given,"
                + " given).size() == 1",
        message = "storage.identity needs exactly one of resourceId, system: true and secretName: write one")
@ValidationRule(
        value = "!has(self.resourceId) || self.resourceId.matches('(?i)^/subscriptions/[a-z0-9-]+/resourceGroups/"
                + Rules.GROUP + "/providers/Microsoft[.]ManagedIdentity/userAssignedIdentities/[a-z0-9_-]+$')",
        message =
                "storage.identity.resourceId is no user-assigned identity's id: write /subscriptions/…/resourceGroups/…"
                        + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME")
@ValidationRule(
        value = "!has(self.secretName) || self.secretName.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')",
        message =
                "storage.identity.secretName is no name of an app secret: write lower-case letters, digits and hyphens")
public record StorageIdentity(
        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("ARM resource id of a user-assigned identity of the app.")
        String resourceId,

        @Nullable @JsonPropertyDescription("The app's system-assigned identity.")
        Boolean system,

        @Nullable
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "Name of an app secret that holds a connection string, with an account key or a SAS in it. The operator never reads"
                        + " it, and may not see the archives then.")
        String secretName) {}
