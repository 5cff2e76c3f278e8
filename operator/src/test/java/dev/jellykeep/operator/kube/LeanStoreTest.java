package dev.jellykeep.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class LeanStoreTest {
    @Test
    void aThousandPoliciesDontFillTheHeapWithWhoWroteWhichField() {
        var policy = new JellyfinBackupPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withNamespace("media")
                .withName("family")
                .withResourceVersion("7")
                .withManagedFields(new ManagedFieldsEntry())
                .build());
        var store = new LeanStore();
        store.put(store.getKey(policy), policy);
        assertThat(store.get("media/family").getMetadata().getManagedFields()).isEmpty();
        assertThat(store.get("media/family").getMetadata().getResourceVersion()).isEqualTo("7");
    }
}
