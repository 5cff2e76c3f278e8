package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Is there news since my tip? A file is hashed again only if its size, times or inode moved. Ends at the first
/// difference.
public final class Comparison {
    private final DataRoot root;
    private final MainDatabases mains;
    private final Path work;
    private final Duration patience;

    /// @param work private folder for copies of databases
    public Comparison(DataRoot root, MainDatabases mains, Path work, Duration patience) {
        this.root = root;
        this.mains = mains;
        this.work = work;
        this.patience = patience;
    }

    /// @param tip name of my tip's archive
    /// @param tipContent the tip's content digest; null: not known
    /// @return the first path that differs; empty if the data equal the tip
    public Optional<String> firstChange(Scan scan, Path index, @Nullable String tip, @Nullable String tipContent)
            throws IOException {
        if (tip == null || tipContent == null) {
            return Optional.of(".");
        }
        Optional<TipIndex.Reader> known = TipIndex.open(index, tip, tipContent);
        if (known.isEmpty()) {
            return tipContent.equals(content(scan)) ? Optional.empty() : Optional.of(".");
        }
        try (TipIndex.Reader rows = known.get();
                ScanSpool.Reader files = new ScanSpool.Reader(scan.spool())) {
            return walk(rows, files);
        }
    }

    private Optional<String> walk(TipIndex.Reader rows, ScanSpool.Reader files) throws IOException {
        while (true) {
            Optional<ScannedFile> file = files.next();
            Optional<TipIndex.Row> row = rows.next();
            if (file.isEmpty() || row.isEmpty()) {
                return file.map(ScannedFile::path).or(() -> row.map(TipIndex.Row::path));
            }
            if (!same(file.get(), row.get())) {
                return Optional.of(file.get().path());
            }
        }
    }

    private boolean same(ScannedFile file, TipIndex.Row row) throws IOException {
        FileStat stat = file.stat();
        boolean outside = file.path().equals(row.path())
                && file.type() == row.type()
                && stat.mode() == row.mode()
                && stat.uid() == row.uid()
                && stat.gid() == row.gid();
        if (!outside) {
            return false;
        }
        if (alike(stat, row.stat()) && (file.wal() == null ? row.wal() == null : alike(file.wal(), row.wal()))) {
            return true;
        }
        return switch (file.type()) {
            case DIRECTORY -> true;
            case LINK -> Objects.equals(file.target(), row.digest());
            case FILE -> stat.size() == row.size() && Objects.equals(digest(file), row.digest());
            case DATABASE -> Objects.equals(digest(file), row.digest());
        };
    }

    private static boolean alike(@Nullable FileStat now, @Nullable FileStat then) {
        return now != null && then != null && now.looksLike(then);
    }

    private String content(Scan scan) throws IOException {
        ContentDigest digest = new ContentDigest();
        try (ScanSpool.Reader files = new ScanSpool.Reader(scan.spool())) {
            for (Optional<ScannedFile> next = files.next(); next.isPresent(); next = files.next()) {
                ScannedFile file = next.get();
                FileStat stat = file.stat();
                Sized sized = sized(file);
                digest.add(file.path(), file.type(), sized.size(), stat.mode(), stat.uid(), stat.gid(), sized.digest());
            }
        }
        return digest.finish();
    }

    private record Sized(long size, @Nullable String digest) {}

    private Sized sized(ScannedFile file) throws IOException {
        if (file.type() == EntryType.DATABASE) {
            MainDatabases.Copy main = mains.copies().get(file.path());
            if (main != null) {
                return new Sized(Files.size(main.file()), FileDigest.of(main.file()));
            }
            return withCopy(file, copy -> new Sized(Files.size(copy), FileDigest.of(copy)));
        }
        return new Sized(file.size(), digest(file));
    }

    private @Nullable String digest(ScannedFile file) throws IOException {
        return switch (file.type()) {
            case DIRECTORY -> null;
            case LINK -> file.target();
            case FILE -> fileDigest(file);
            case DATABASE -> {
                MainDatabases.Copy main = mains.copies().get(file.path());
                yield main != null
                        ? FileDigest.of(main.file())
                        : withCopy(file, copy -> new Sized(0, FileDigest.of(copy)))
                                .digest();
            }
        };
    }

    private @Nullable String fileDigest(ScannedFile file) {
        try {
            return FileDigest.of(root.path().resolve(file.path()));
        } catch (IOException goneOrUnreadable) {
            return null;
        }
    }

    private interface OnCopy {
        Sized apply(Path copy) throws IOException;
    }

    private Sized withCopy(ScannedFile database, OnCopy use) throws IOException {
        Path copy = work.resolve("compare.db");
        try {
            return DatabaseCopy.copy(root.path().resolve(database.path()), copy, patience)
                            instanceof DatabaseCopy.Result.Copied
                    ? use.apply(copy)
                    : new Sized(-1, null);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
