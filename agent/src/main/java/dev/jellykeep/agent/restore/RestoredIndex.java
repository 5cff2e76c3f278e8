package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.archive.SeenEntries;
import dev.jellykeep.agent.snapshot.PathOrder;
import dev.jellykeep.agent.snapshot.TipIndex;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/// After a restore, what was restored is my tip: its index lets the next backup judge shrinking by today's
/// globs, and find out cheaply that nothing has changed.
final class RestoredIndex {
    private RestoredIndex() {}

    /// Main databases stand first in an archive; everything else is in the index's order already.
    static void write(Staging staging, ArchiveHeader header, Path file, String archive, String content)
            throws IOException {
        Set<String> databases = staging.extracted().databases().stream()
                .map(DatabaseRecord::path)
                .collect(Collectors.toSet());
        PriorityQueue<TipIndex.Row> mains =
                new PriorityQueue<>((left, right) -> PathOrder.PATHS.compare(left.path(), right.path()));
        try (SeenEntries.Reader list = new SeenEntries.Reader(staging.seen());
                TipIndex.Writer index = new TipIndex.Writer(file)) {
            for (Optional<SeenEntries.Seen> next = list.next(); next.isPresent(); next = list.next()) {
                ManifestEntry entry = next.get().entry();
                TipIndex.Row row = row(entry, databases.contains(entry.path()));
                if (header.roles().isMain(entry.path())) {
                    mains.add(row);
                    continue;
                }
                addBefore(mains, row.path(), index);
                index.add(row);
            }
            while (!mains.isEmpty()) {
                index.add(mains.remove());
            }
            index.finish(archive, content);
        }
    }

    private static void addBefore(PriorityQueue<TipIndex.Row> mains, String path, TipIndex.Writer index)
            throws IOException {
        while (!mains.isEmpty() && PathOrder.PATHS.compare(mains.element().path(), path) < 0) {
            index.add(mains.remove());
        }
    }

    private static TipIndex.Row row(ManifestEntry entry, boolean database) {
        EntryType type = database ? EntryType.DATABASE : entry.type();
        String digest = entry.type() == EntryType.LINK ? entry.target() : entry.sha256();
        return new TipIndex.Row(
                entry.path(), type, entry.size(), entry.mode(), entry.uid(), entry.gid(), digest, null, null);
    }
}
