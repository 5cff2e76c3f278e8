package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The app, and what in it is Jellyfin's.
@ValidationRule(
        value = "self.resourceId.matches('(?i)^/subscriptions/[a-z0-9-]+/resourceGroups/" + Rules.GROUP
                + "/providers/Microsoft[.]App/containerApps/[a-z0-9-]+$')",
        message = "containerApp.resourceId is no Container App's id: write /subscriptions/…/resourceGroups/…/providers"
                + "/Microsoft.App/containerApps/NAME, as az containerapp show --query id prints it")
@ValidationRule(
        value = "self.resourceId == oldSelf.resourceId",
        message = "containerApp.resourceId can't be changed: delete this policy and create one for the other app")
@ValidationRule(
        value = "!has(self.container) || !self.container.startsWith('jellykeep-')",
        message = "containerApp.container names one of Jellykeep's own: name the one that runs Jellyfin")
public record ContainerAppRef(
        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("ARM resource id of the app. Upper and lower case are the same. Can't be changed.")
        String resourceId,

        @Nullable
        @Size(min = 1, max = 46)
        @JsonPropertyDescription("Name of Jellyfin's container; the only one in the app that isn't ours, if not given.")
        String container,

        @Nullable
        @JsonPropertyDescription("Jellyfin's folders; found from the app's variables and image, if not given.")
        Layout layout) {}
