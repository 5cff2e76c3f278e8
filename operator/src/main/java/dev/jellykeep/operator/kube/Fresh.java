package dev.jellykeep.operator.kube;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.api.PolicyStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/// A resource that says nothing but what we own. Without a version it can't conflict, and server-side apply takes away
/// what it no longer holds.
final class Fresh {
    private Fresh() {}

    static JellyfinBackupPolicy withStatus(JellyfinBackupPolicy old, PolicyStatus status) {
        var fresh = new JellyfinBackupPolicy();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(old.getMetadata().getName())
                .withNamespace(old.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
