package dev.jellykeep.operator.kube;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;

/// The watched policies, without who wrote which field: that is most of what a policy takes in memory, and nobody here
/// reads it.
public final class LeanStore extends BasicItemStore<JellyfinBackupPolicy> {
    public LeanStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public JellyfinBackupPolicy put(String key, JellyfinBackupPolicy policy) {
        policy.getMetadata().setManagedFields(List.of());
        return super.put(key, policy);
    }
}
