package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.ArchiveFacts;
import org.jspecify.annotations.Nullable;

/// What a backup came to.
public sealed interface BackupResult {
    /// Uploaded under its name, whole and compared; not yet registered in the lineage.
    ///
    /// @param compressed bytes of the blob
    record Stored(String name, ArchiveFacts facts, long compressed) implements BackupResult {}

    /// The data equal my tip: nothing was uploaded.
    record Unchanged() implements BackupResult {}

    /// A guard said no.
    ///
    /// @param suspect name under which the snapshot was kept; null if it wasn't
    record Refused(Reason reason, String sentence, @Nullable String suspect) implements BackupResult {}
}
