package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// Allow-lists. An empty one allows nothing.
@ValidationRule(
        value =
                "self.resourceIdPrefixes.all(id, id.matches('(?i)^/subscriptions/[^/ ]+(/resourceGroups/[^/ ]+(/providers"
                        + "/Microsoft[.]App/containerApps(/[^/ ]+)?)?)?/?$'))",
        message = "resourceIdPrefixes has one that no Container App's id begins with: write /subscriptions/… or"
                + " /subscriptions/…/resourceGroups/NAME")
@ValidationRule(
        value = "self.storagePrefixes.all(each, each.matches('^https?://[^/?#@ ]+/.+$'))",
        message = "storagePrefixes has one without an account and a container: write"
                + " https://ACCOUNT.blob.core.windows.net/CONTAINER or …/CONTAINER/PREFIX")
public record ScopeSpec(
        @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Namespaces whose policies this is for. \"*\" means all of them.")
        List<String> namespaces,

        @Default("[]")
        @Size(max = 64)
        @JsonPropertyDescription("Beginnings of resource ids that apps may have, by whole segments.")
        List<String> resourceIdPrefixes,

        @Default("[]")
        @Size(max = 64)
        @JsonPropertyDescription(
                "Places for archives: accountUrl/container or accountUrl/container/prefix, by whole" + " segments.")
        List<String> storagePrefixes,

        @Default("[]")
        @Size(max = 64)
        @JsonPropertyDescription("Identities that agents may have: resource ids of user-assigned ones, \"system\", or"
                + " \"secret:NAME\" for app secrets.")
        List<String> identities,

        @Default("[]")
        @Size(max = 64)
        @JsonPropertyDescription(
                "Image repositories that agents may come from, without tag. The operator's own release is"
                        + " always allowed.")
        List<String> imageRepositories) {

    public ScopeSpec {
        namespaces = List.copyOf(namespaces);
        resourceIdPrefixes = List.copyOf(resourceIdPrefixes);
        storagePrefixes = List.copyOf(storagePrefixes);
        identities = List.copyOf(identities);
        imageRepositories = List.copyOf(imageRepositories);
    }
}
