package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveWriter;
import dev.jellykeep.agent.archive.UnreadableFileException;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.SecondTry;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.agent.snapshot.DatabaseCopy;
import dev.jellykeep.agent.snapshot.DatabaseFacts;
import dev.jellykeep.agent.snapshot.Guards;
import dev.jellykeep.agent.snapshot.MainDatabases;
import dev.jellykeep.agent.snapshot.Scan;
import dev.jellykeep.agent.snapshot.ScanReader;
import dev.jellykeep.agent.snapshot.ScannedFile;
import dev.jellykeep.agent.snapshot.TipIndex;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts a scanned data root into an archive: main databases first, so that their copies' disk is given back
/// early, then everything in the order of the scan, one database copy at a time. Nothing but main databases is read
/// before the gate is passed.
final class SnapshotArchive {
    private final DataRoot root;
    private final Scan scan;
    private final MainDatabases mains;
    private final Path work;
    private final Duration patience;
    private final Journal journal;
    private final Gate gate;
    private final ArchiveWriter archive;
    private final TipIndex.Writer index;
    private final ContentDigest content = new ContentDigest();
    private final Map<String, TipIndex.Row> mainRows = new HashMap<>();
    private boolean configured;

    SnapshotArchive(
            DataRoot root,
            Scan scan,
            MainDatabases mains,
            Path work,
            Duration patience,
            Journal journal,
            Gate gate,
            ArchiveWriter archive,
            TipIndex.Writer index) {
        this.root = root;
        this.scan = scan;
        this.mains = mains;
        this.work = work;
        this.patience = patience;
        this.journal = journal;
        this.gate = gate;
        this.archive = archive;
        this.index = index;
    }

    /// Writes all entries.
    ///
    /// @return the content digest
    String write() throws IOException {
        for (ScannedFile database : scan.databases()) {
            MainDatabases.Copy main = mains.copies().get(database.path());
            if (main != null) {
                mainRows.put(database.path(), stored(database, main.file(), main::facts));
            }
        }
        gate.pass();
        for (MainDatabases.Copy main : mains.copies().values()) {
            Files.delete(main.file());
        }
        try (ScanReader files = ScanReader.of(scan)) {
            for (Optional<ScannedFile> next = files.next(); next.isPresent(); next = files.next()) {
                one(next.get());
            }
        }
        scan.skipped().forEach(archive::skipped);
        return content.finish();
    }

    /// What the guards have looked at may have gone since, or can't be read any more.
    ///
    /// @throws Gate.Refused if the server that comes back from what was written would ask who wants to be its
    ///     administrator
    void requireConfiguration() throws Gate.Refused {
        if (!configured) {
            throw new Gate.Refused(new Guards.Verdict.Refused(
                    Reason.WIZARD,
                    root.roles().systemXml() + " was there a moment ago, and could not be put into the archive"));
        }
    }

    private void one(ScannedFile file) throws IOException {
        TipIndex.Row row = mainRows.remove(file.path());
        if (row == null) {
            row = entry(file);
        }
        if (row != null) {
            configured |= file.path().equals(root.roles().systemXml());
            index.add(row);
            content.add(row.path(), row.type(), row.size(), row.mode(), row.uid(), row.gid(), row.digest());
        }
    }

    private TipIndex.@Nullable Row entry(ScannedFile file) throws IOException {
        FileStat stat = file.stat();
        return switch (file.type()) {
            case DIRECTORY -> {
                archive.folder(file.path(), stat);
                yield row(file, 0, null, stat);
            }
            case LINK -> {
                String target = file.target() == null ? "" : file.target();
                archive.link(file.path(), stat, target);
                yield row(file, 0, target, stat);
            }
            case FILE -> plain(file);
            case DATABASE -> database(file);
        };
    }

    private TipIndex.@Nullable Row plain(ScannedFile file) throws IOException {
        try {
            Optional<ArchiveWriter.Stored> stored = archive.file(root.path().resolve(file.path()), file.path());
            if (stored.isEmpty()) {
                skip(file.path(), "gone when its turn came");
                return null;
            }
            ArchiveWriter.Stored known = stored.get();
            return row(file, known.size(), known.digest(), known.moved() ? null : known.stat());
        } catch (UnreadableFileException e) {
            skip(file.path(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private TipIndex.@Nullable Row database(ScannedFile file) throws IOException {
        Path copy = work.resolve("copy.db");
        Path live = root.path().resolve(file.path());
        try {
            DatabaseCopy.Result result = DatabaseCopy.copy(live, copy, patience);
            return switch (result) {
                case DatabaseCopy.Result.Copied() -> checked(file, copy);
                case DatabaseCopy.Result.Busy() -> raw(file, live, "it stayed locked");
                case DatabaseCopy.Result.HotJournal() -> raw(file, live, "it has an unfinished transaction");
                case DatabaseCopy.Result.Unusable(String why) -> raw(file, live, why);
            };
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private TipIndex.Row checked(ScannedFile file, Path copy) throws IOException {
        DatabaseFacts facts = DatabaseCheck.of(copy);
        return stored(file, copy, () -> facts);
    }

    /// @param facts asked once the copy is in the archive
    private TipIndex.Row stored(ScannedFile file, Path copy, Supplier<DatabaseFacts> facts) throws IOException {
        ArchiveWriter.Stored stored = archive.database(copy, file.path(), file.stat(), () -> record(file, facts.get()));
        return row(file, stored.size(), stored.digest(), file.stat());
    }

    private DatabaseRecord record(ScannedFile file, DatabaseFacts facts) {
        String complaint = facts.complaint();
        if (complaint != null) {
            journal.warn("database archived without a good check", "path", file.path(), "why", complaint);
        }
        return new DatabaseRecord(
                file.path(), facts.pages(), facts.users(), facts.administrators(), facts.migrationHead(), complaint);
    }

    private TipIndex.@Nullable Row raw(ScannedFile file, Path live, String why) throws IOException {
        archive.note(new DatabaseRecord(file.path(), -1, null, null, null, why));
        List<RawDatabase.Part> parts = rawParts(live);
        if (parts == null) {
            skip(file.path(), "SQLite can't copy it (" + why + ") and another process has it open");
            return null;
        }
        journal.warn("database archived as raw bytes", "path", file.path(), "why", why);
        TipIndex.Row row = null;
        for (RawDatabase.Part part : parts) {
            ArchiveWriter.Stored stored =
                    archive.raw(part.copy(), file.path() + part.ending(), file.stat(), RawDatabase.note(why));
            part.delete();
            row = row == null ? row(file, stored.size(), stored.digest(), file.stat()) : row;
        }
        return row;
    }

    private @Nullable List<RawDatabase.Part> rawParts(Path live) {
        try {
            return SecondTry.of(() -> RawDatabase.copy(live, work));
        } catch (IOException e) {
            return null;
        }
    }

    private void skip(String path, String why) {
        archive.skipped(new Skipped(path, why));
        journal.warn("file left out of the archive", "path", path, "why", why);
    }

    private static TipIndex.Row row(ScannedFile file, long size, @Nullable String digest, @Nullable FileStat stat) {
        FileStat scanned = file.stat();
        return new TipIndex.Row(
                file.path(),
                file.type(),
                size,
                scanned.mode(),
                scanned.uid(),
                scanned.gid(),
                digest,
                stat,
                file.type() == EntryType.DATABASE ? file.wal() : null);
    }
}
