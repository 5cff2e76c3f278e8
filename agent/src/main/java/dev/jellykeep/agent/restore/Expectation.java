package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.Reason;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the caller expects of the lineage, and what a person has overruled.
///
/// @param lineage expected id; null: by hand, any
/// @param app lower-cased resource id of the app; null: not known
/// @param mayStartEmpty what to do where there provably never was a backup
/// @param archive restore this one in place of the head; null: the head
/// @param appMigration newest migration that the app's image knows; null: not known
public record Expectation(
        @Nullable UUID lineage,
        @Nullable String app,
        boolean mayStartEmpty,
        @Nullable String archive,
        @Nullable String appMigration,
        Set<Reason> accepted) {
    public Expectation {
        accepted = Set.copyOf(accepted);
    }
}
