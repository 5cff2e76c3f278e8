package dev.jellykeep.operator.scope;

import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.StorageIdentity;
import dev.jellykeep.operator.api.StorageSpec;
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

    private static String storage(StorageSpec storage) {
        String url = storage.accountUrl().replaceFirst("/+$", "");
        String prefix = storage.prefix().replaceFirst("/+$", "");
        return url + "/" + storage.container() + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    private static @Nullable String identity(@Nullable StorageIdentity identity) {
        if (identity == null) {
            return null;
        }
        if (identity.resourceId() != null) {
            return identity.resourceId();
        }
        return identity.secretName() == null ? Scope.SYSTEM : Scope.SECRET + identity.secretName();
    }
}
