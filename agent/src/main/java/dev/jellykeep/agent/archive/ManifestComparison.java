package dev.jellykeep.agent.archive;

import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestReader;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.json.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a manifest against what was extracted, entry by entry.
final class ManifestComparison implements ManifestReader.Visitor {
    /// Databases and skipped files are kept in memory.
    private static final int MOST_RECORDS = 100_000;

    /// Characters of them, and what each takes beside; our own writer leaves out half of it at most.
    private static final long MOST_TEXT = 8 << 20;

    private static final int RECORD = 40;

    private final SeenEntries.Reader seen;
    private final List<DatabaseRecord> databases;
    private final List<Skipped> skipped;
    private final Set<String> databaseEntries = new HashSet<>();
    private @Nullable String difference;
    private long text;
    private long entryCount = -1;
    private long byteCount = -1;

    /// @param databases what the manifest says is added
    /// @param skipped likewise
    ManifestComparison(SeenEntries.Reader seen, List<DatabaseRecord> databases, List<Skipped> skipped) {
        this.seen = seen;
        this.databases = databases;
        this.skipped = skipped;
    }

    /// Reads the whole manifest.
    ///
    /// @param entries how many were extracted
    /// @param bytes of content
    /// @throws ArchiveRefused if it isn't a manifest, or not of what was extracted
    void read(InputStream manifest, long entries, long bytes) throws IOException {
        ManifestReader.Outcome outcome;
        try {
            outcome = ManifestReader.read(manifest, this);
        } catch (UncheckedIOException e) {
            throw new IOException("the list of what was extracted can't be read", e);
        } catch (JsonFormatException e) {
            throw ArchiveRefused.damaged(difference == null ? String.valueOf(e.getMessage()) : difference);
        } catch (ArchiveRefused e) {
            throw e;
        } catch (IOException e) {
            throw ArchiveRefused.damaged("its manifest is not valid JSON");
        }
        if (outcome instanceof ManifestReader.Outcome.TooNew(long format)) {
            throw ArchiveRefused.tooNew(format);
        }
        finish(entries, bytes);
    }

    @Override
    public void entry(ManifestEntry entry) {
        Optional<SeenEntries.Seen> next = next();
        if (next.isEmpty()) {
            throw differing(entry.path() + " is missing");
        }
        if (!same(entry, next.get().entry())) {
            throw differing(entry.path() + " is not what the manifest says");
        }
        if (entry.type() == EntryType.DATABASE) {
            requireFew(databaseEntries.size(), entry.path());
            databaseEntries.add(entry.path());
        }
    }

    private Optional<SeenEntries.Seen> next() {
        try {
            return seen.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the reading at once.
    private JsonFormatException differing(String how) {
        difference = how;
        return new JsonFormatException(how);
    }

    /// Before one more is kept.
    private void requireFew(int records, @Nullable String... texts) {
        if (records >= MOST_RECORDS) {
            throw differing("its manifest holds more than " + MOST_RECORDS + " databases or skipped files");
        }
        text += RECORD;
        for (String each : texts) {
            text += each == null ? 0 : each.length();
        }
        if (text > MOST_TEXT) {
            throw differing("its manifest says more than " + MOST_TEXT + " characters of databases and skipped files");
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
        requireFew(databases.size(), database.path(), database.migrationHead(), database.unverified());
        databases.add(database);
    }

    @Override
    public void skipped(Skipped file) {
        requireFew(skipped.size(), file.path(), file.why());
        skipped.add(file);
    }

    @Override
    public void totals(long entries, long bytes) {
        entryCount = entries;
        byteCount = bytes;
    }

    private void finish(long entries, long bytes) throws IOException {
        if (seen.next().isPresent()) {
            throw ArchiveRefused.damaged("it holds more than its manifest");
        }
        if (entries != entryCount || bytes != byteCount) {
            throw ArchiveRefused.damaged("its totals are not what the manifest says");
        }
        // a record that vouches for a database has to be about one that is in the archive, and the other way round
        for (DatabaseRecord database : databases) {
            if (!databaseEntries.remove(database.path()) && database.unverified() == null) {
                throw ArchiveRefused.damaged(
                        "the manifest's database " + database.path() + " is not among its entries");
            }
        }
        if (!databaseEntries.isEmpty()) {
            throw ArchiveRefused.damaged("the manifest says nothing of the database "
                    + databaseEntries.iterator().next());
        }
    }
}
