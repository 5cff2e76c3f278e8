package dev.jellykeep.agent.archive;

import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestReader;
import dev.jellykeep.contract.archive.Skipped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds a manifest against what was extracted, entry by entry.
final class ManifestComparison implements ManifestReader.Visitor {
    private final SeenEntries.Reader seen;
    private final List<DatabaseRecord> databases;
    private final List<Skipped> skipped;
    private @Nullable String difference;
    private long entryCount = -1;
    private long byteCount = -1;

    ManifestComparison(SeenEntries.Reader seen, List<DatabaseRecord> databases, List<Skipped> skipped) {
        this.seen = seen;
        this.databases = databases;
        this.skipped = skipped;
    }

    @Override
    public void entry(ManifestEntry entry) {
        if (difference != null) {
            return;
        }
        try {
            Optional<SeenEntries.Seen> next = seen.next();
            if (next.isEmpty()) {
                difference = entry.path() + " is missing";
            } else if (!same(entry, next.get().entry())) {
                difference = entry.path() + " is not what the manifest says";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean same(ManifestEntry said, ManifestEntry found) {
        EntryType kind = said.type() == EntryType.DATABASE ? EntryType.FILE : said.type();
        return said.path().equals(found.path())
                && kind == found.type()
                && said.size() == found.size()
                && said.mode() == found.mode()
                && said.uid() == found.uid()
                && said.gid() == found.gid()
                && Objects.equals(said.sha256(), found.sha256())
                && Objects.equals(said.target(), found.target());
    }

    @Override
    public void database(DatabaseRecord database) {
        databases.add(database);
    }

    @Override
    public void skipped(Skipped file) {
        skipped.add(file);
    }

    @Override
    public void totals(long entries, long bytes) {
        entryCount = entries;
        byteCount = bytes;
    }

    void finish(long entries, long bytes) throws IOException {
        if (difference == null && seen.next().isPresent()) {
            difference = "it holds more than its manifest";
        }
        if (difference == null && (entries != entryCount || bytes != byteCount)) {
            difference = "its totals are not what the manifest says";
        }
        if (difference != null) {
            throw ArchiveRefused.damaged(difference);
        }
    }
}
