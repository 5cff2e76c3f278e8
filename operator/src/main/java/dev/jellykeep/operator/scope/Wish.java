package dev.jellykeep.operator.scope;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.StorageIdentity;
import dev.jellykeep.operator.api.StorageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a policy makes the operator touch.
///
/// @param namespace of the policy
/// @param app resource id
/// @param storage accountUrl/container/prefix
/// @param identity resource id, `system` or `secret:NAME`; null: not known before the app is seen
/// @param image of the agent; null: the operator's own release
public record Wish(
        String namespace,
        String app,
        String storage,
        @Nullable String identity,
        @Nullable String image) {
    private static final String NAME = "[\\p{L}\\p{N}_().-]*[\\p{L}\\p{N}_()-]";

    /// ASCII in the host, and no segment that leads up or nowhere.
    private static final Pattern STORAGE =
            Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/(?!\\.{1,2}(/|$))[^/\\\\\\p{Cntrl}]+)+");

    private static final Pattern IDENTITY = Pattern.compile("(?i)" + Scope.SYSTEM + "|" + Scope.SECRET
            + "[a-z0-9.-]+|/subscriptions/[a-z0-9-]+/resourceGroups/" + NAME
            + "/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/[a-z0-9_-]+");

    private static final Pattern IMAGE =
            Pattern.compile("[a-z0-9][a-z0-9._:/-]*[a-z0-9](:[A-Za-z0-9_][A-Za-z0-9._-]*)?(@sha256:[0-9a-f]+)?");

    public static Wish of(String namespace, PolicySpec spec) {
        return new Wish(
                namespace,
                spec.containerApp().resourceId(),
                storage(spec.storage()),
                identity(spec.storage().identity()),
                spec.agent().image());
    }

    /// The same, once the app has shown whom the agent will be.
    public Wish as(String known) {
        return new Wish(namespace, app, storage, known, image);
    }

    /// What of this is written so that nobody can say what it names; empty where everything is plain. The API server
    /// refuses such texts too, but a policy may be older than its rules.
    Optional<String> unclear() {
        if (AppResourceId.parse(app) instanceof ParsedText.Bad<AppResourceId>) {
            return Optional.of("containerApp.resourceId");
        }
        if (!STORAGE.matcher(storage).matches()) {
            return Optional.of("storage.accountUrl, container or prefix");
        }
        if (identity != null && !IDENTITY.matcher(identity).matches()) {
            return Optional.of("storage.identity");
        }
        return image == null || IMAGE.matcher(image).matches() ? Optional.empty() : Optional.of("agent.image");
    }

    private static String storage(StorageSpec storage) {
        String url = storage.accountUrl().replaceFirst("/+$", "");
        String prefix = storage.prefix().replaceFirst("/+$", "");
        return url + "/" + storage.container() + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    private static @Nullable String identity(@Nullable StorageIdentity identity) {
        if (identity == null) {
            return null;
        }
        List<String> given = new ArrayList<>();
        if (identity.resourceId() != null) {
            // as a resource id, whatever it says
            given.add(identity.resourceId().startsWith("/") ? identity.resourceId() : "/" + identity.resourceId());
        }
        if (Boolean.TRUE.equals(identity.system())) {
            given.add(Scope.SYSTEM);
        }
        if (identity.secretName() != null) {
            given.add(Scope.SECRET + identity.secretName());
        }
        return given.size() == 1 ? given.getFirst() : given.size() + " identities: " + String.join(" and ", given);
    }
}
