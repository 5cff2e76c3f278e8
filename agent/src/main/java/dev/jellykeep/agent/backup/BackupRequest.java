package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.Line;
import dev.jellykeep.contract.archive.ArchiveKind;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One backup to be made.
///
/// @param owner this replica's id
/// @param epoch the document's epoch if this replica holds the lineage, else 0: then the archive goes to `forks/`
/// @param line this replica's line, whose tip becomes the parent
/// @param name blob name for a good snapshot, relative to the prefix
/// @param suspectName blob name for a refused one that is worth keeping; null: refused ones are not kept
/// @param keepAnyRefused keep a refused snapshot whatever the reason (the final one, where it may matter)
/// @param evenIfUnchanged the line has news that the data don't show (an own fork, an unconsumed pin)
/// @param accepted reasons overruled by a person
public record BackupRequest(
        ArchiveKind kind,
        UUID lineage,
        String owner,
        long epoch,
        Line line,
        long sequence,
        String name,
        @Nullable String suspectName,
        boolean keepAnyRefused,
        boolean evenIfUnchanged,
        Set<Reason> accepted,
        @Nullable String pinToken) {
    public BackupRequest {
        accepted = Set.copyOf(accepted);
    }
}
