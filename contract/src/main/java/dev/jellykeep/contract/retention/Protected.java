package dev.jellykeep.contract.retention;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Archives that stay whatever the rules say, by name.
///
/// @param head null if the lineage has none
/// @param lastProvenAncestor the newest archive of the head's line that a restore or drill has proven
/// @param inUse held for, or read by, a restore
/// @param rollout named in `control/rollout.json`
public record Protected(
        @Nullable String head, @Nullable String lastProvenAncestor, Set<String> inUse, Set<String> rollout) {
    public Protected {
        inUse = Set.copyOf(inUse);
        rollout = Set.copyOf(rollout);
    }
}
