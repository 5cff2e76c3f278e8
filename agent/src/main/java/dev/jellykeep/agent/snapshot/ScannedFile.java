package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import org.jspecify.annotations.Nullable;

/// One file as the scan found it.
///
/// @param path relative to the data root
/// @param wal what the scan saw of a database's `-wal`; null where there is none
/// @param target a link's target
public record ScannedFile(
        String path,
        EntryType type,
        FileStat stat,
        @Nullable FileStat wal,
        @Nullable String target) {

    /// Bytes that the snapshot will hold of it, as far as the scan can tell.
    public long size() {
        return type == EntryType.FILE || type == EntryType.DATABASE ? stat.size() : 0;
    }
}
