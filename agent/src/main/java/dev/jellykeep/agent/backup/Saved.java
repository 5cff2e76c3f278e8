package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.lineage.LineageDocument;
import org.jspecify.annotations.Nullable;

/// What saving this replica's data came to, in the lineage's terms.
public sealed interface Saved {
    /// The lineage as it stood afterwards.
    LineageDocument document();

    /// The archive is the head.
    record Promoted(LineageDocument document, String name, ArchiveFacts facts, long compressed) implements Saved {}

    /// Another replica holds the lineage: the archive is kept beside the line.
    record Forked(LineageDocument document, String name, ArchiveFacts facts, long compressed) implements Saved {}

    /// The data equal the tip.
    ///
    /// @param tip name of the archive that holds them
    record Unchanged(LineageDocument document, @Nullable String tip) implements Saved {}

    /// A guard said no; the head stays.
    ///
    /// @param suspect name under which the snapshot was kept; null if it wasn't
    record Refused(
            LineageDocument document,
            Reason reason,
            String sentence,
            @Nullable String suspect) implements Saved {}
}
