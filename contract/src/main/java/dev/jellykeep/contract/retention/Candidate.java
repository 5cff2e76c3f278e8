package dev.jellykeep.contract.retention;

import dev.jellykeep.contract.archive.ArchiveKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An archive of a lineage's history, as retention sees it.
///
/// @param name as in the history
/// @param taken when; null where unknown
/// @param kind null where unknown
/// @param migrationHead newest migration of its main database; null where unknown
/// @param understood false if this version can't tell what it is (a newer format, a listing without it)
public record Candidate(
        String name,
        @Nullable Instant taken,
        @Nullable ArchiveKind kind,
        @Nullable String migrationHead,
        boolean understood) {}
