package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A folder of a Blob container, and who the agent is there.
@ValidationRule(
        value = "self.accountUrl.matches('^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9-]+)?/?$')",
        message = "storage.accountUrl is no account's address: write https://ACCOUNT.blob.core.windows.net, without"
                + " container and without a SAS")
@ValidationRule(
        value = "self.accountUrl.startsWith('https://') || self.accountUrl.matches('^http://[^/]*(:[0-9]+)/[^/]+/?$')",
        message = "storage.accountUrl is plain http, which only an emulator's address may be: write it with https")
@ValidationRule(
        value = "self.container.matches('^[a-z0-9](-?[a-z0-9])*$')",
        message = "storage.container is no container's name: write lower-case letters, digits and single hyphens, as in"
                + " jellyfin-backups")
@ValidationRule(
        value = "!self.prefix.startsWith('/') && !self.prefix.contains('//')"
                + " && !self.prefix.matches('(^|/)[.]{1,2}(/|$)') && !self.prefix.contains('\\\\')",
        message = "storage.prefix is no plain path: write it without a slash at the beginning, without double slashes,"
                + " '.' and '..'")
public record StorageSpec(
        @Required
        @Size(min = 1, max = 256)
        @JsonPropertyDescription("Address of the storage account, https://ACCOUNT.blob.core.windows.net.")
        String accountUrl,

        @Required @Size(min = 3, max = 63) @JsonPropertyDescription("Blob container for the archives. It must exist.")
        String container,

        @Default("")
        @Size(max = 512)
        @JsonPropertyDescription(
                "Folder in the container, without a slash at the beginning; for several apps in one" + " container.")
        String prefix,

        @Nullable
        @JsonPropertyDescription("Who the agent is; the app's only user-assigned identity if not given, else its"
                + " system-assigned one.")
        StorageIdentity identity) {}
