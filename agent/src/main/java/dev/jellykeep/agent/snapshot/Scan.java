package dev.jellykeep.agent.snapshot;

import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Skipped;
import java.nio.file.Path;
import java.util.List;

/// What the scan found: the list itself is spooled to a file, in the order of {@link PathOrder}.
///
/// @param spool readable by {@link ScanSpool}
/// @param databases the databases, in order
/// @param skipped what cannot be archived, and why
/// @param bytes sum of the files' sizes, a database with its write-ahead log counted at the larger of the two
/// @param largestDatabase bytes of the largest database, its log included
public record Scan(
        Path spool, List<ScannedFile> databases, List<Skipped> skipped, long files, long bytes, long largestDatabase) {
    public Scan {
        databases = List.copyOf(databases);
        skipped = List.copyOf(skipped);
        databases.forEach(each -> {
            if (each.type() != EntryType.DATABASE) {
                throw new IllegalArgumentException(each.path() + " is not a database");
            }
        });
    }
}
