package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.desired.PolicyName;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A policy as it was read, without what Kubernetes keeps beside it.
///
/// @param uid tells a policy from one that had its name before
/// @param status null: nobody has written one
public record PolicyView(
        PolicyName name,
        String uid,
        long generation,
        Instant created,
        Map<String, String> annotations,
        PolicySpec spec,
        @Nullable PolicyStatus status) {
    public PolicyView {
        annotations = Map.copyOf(annotations);
    }

    public static PolicyView of(JellyfinBackupPolicy policy) {
        var meta = policy.getMetadata();
        return new PolicyView(
                new PolicyName(meta.getNamespace(), meta.getName()),
                meta.getUid(),
                meta.getGeneration() == null ? 0 : meta.getGeneration(),
                meta.getCreationTimestamp() == null ? Instant.MAX : Instant.parse(meta.getCreationTimestamp()),
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations(),
                policy.getSpec(),
                policy.getStatus());
    }

    /// Lower-cased resource id.
    public String app() {
        return spec.containerApp().resourceId().toLowerCase(Locale.ROOT);
    }
}
