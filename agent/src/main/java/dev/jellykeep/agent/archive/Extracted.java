package dev.jellykeep.agent.archive;

import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.Skipped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came out of an archive.
///
/// @param header null: not one of ours, so nothing vouches for its content but its own structure
/// @param databases as the manifest records them
/// @param skipped what the archive says it leaves out
/// @param sha256 hex, of the archive's own bytes
public record Extracted(
        @Nullable ArchiveHeader header,
        List<DatabaseRecord> databases,
        List<Skipped> skipped,
        long entries,
        long bytes,
        String sha256) {
    public Extracted {
        databases = List.copyOf(databases);
        skipped = List.copyOf(skipped);
    }
}
