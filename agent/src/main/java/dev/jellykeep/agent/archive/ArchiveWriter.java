package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.SecondTry;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestWriter;
import dev.jellykeep.contract.archive.Skipped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// Writes an archive: pax tar, one gzip member, header first and manifest last. Constant memory.
public final class ArchiveWriter implements AutoCloseable {
    /// Name of an archive's last entry.
    public static final String MANIFEST = ".jellykeep/manifest.json";

    private static final String MOVED = "kept changing while it was read";
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_LENGTH = 16;

    private final Path manifestSpool;
    private final OutputStream spooled;
    private final ManifestWriter manifest;
    private final DigestingOutput compressed;
    private final ParallelGzip gzip;
    private final TarArchiveOutputStream tar;
    private final Progress progress;
    private final byte[] buffer = new byte[BUFFER];
    private long read;

    /// @param out where the archive's bytes go; not closed
    /// @param work private folder for the manifest while it grows
    public ArchiveWriter(OutputStream out, ArchiveHeader header, Path work, int threads, Progress progress)
            throws IOException {
        this.progress = progress;
        manifestSpool = work.resolve("manifest.json");
        spooled = new BufferedOutputStream(Files.newOutputStream(manifestSpool));
        manifest = new ManifestWriter(spooled);
        compressed = new DigestingOutput(out);
        gzip = new ParallelGzip(compressed, threads);
        tar = new TarArchiveOutputStream(gzip, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        ownEntry(ArchiveHeader.ENTRY, header.toBytes());
    }

    private void ownEntry(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(0600);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    public void folder(String path, FileStat stat) throws IOException {
        tar.putArchiveEntry(entry(path + "/", stat, 0, TarConstants.LF_DIR));
        tar.closeArchiveEntry();
        manifest.entry(
                new ManifestEntry(path, EntryType.DIRECTORY, 0, stat.mode(), stat.uid(), stat.gid(), null, null, null));
    }

    public void link(String path, FileStat stat, String target) throws IOException {
        TarArchiveEntry entry = entry(path, stat, 0, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        manifest.entry(
                new ManifestEntry(path, EntryType.LINK, 0, stat.mode(), stat.uid(), stat.gid(), null, target, null));
    }

    /// What became of a file.
    ///
    /// @param digest hex SHA-256 of the archived bytes
    /// @param stat what the file looked like when it was read
    /// @param moved it changed while it was read, or could not be read whole
    public record Stored(long size, String digest, FileStat stat, boolean moved) {}

    /// Archives a file that may change meanwhile.
    ///
    /// @return empty if it is gone
    /// @throws UnreadableFileException if it can't be read, or has become a database since the scan; the
    ///     archive isn't harmed
    public Optional<Stored> file(Path file, String path) throws IOException {
        return switch (read(file, path)) {
            case MovingFile.Outcome.Gone() -> Optional.empty();
            case MovingFile.Outcome.Content content -> Optional.of(small(path, content));
            case MovingFile.Outcome.Large(FileStat stat) -> large(file, path, stat);
        };
    }

    private static MovingFile.Outcome read(Path file, String path) throws UnreadableFileException {
        try {
            return SecondTry.of(() -> MovingFile.read(file));
        } catch (IOException e) {
            throw new UnreadableFileException(path, e);
        }
    }

    private Stored small(String path, MovingFile.Outcome.Content content) throws IOException {
        byte[] bytes = content.bytes();
        if (SqliteFiles.startsWithMagic(bytes)) {
            throw UnreadableFileException.becameDatabase(path);
        }
        tar.putArchiveEntry(entry(path, content.stat(), bytes.length, TarConstants.LF_NORMAL));
        tar.write(bytes);
        tar.closeArchiveEntry();
        advance(bytes.length);
        MessageDigest digest = ContentDigest.sha256();
        digest.update(bytes);
        return stored(path, bytes.length, digest, content.stat(), content.moved() ? MOVED : null);
    }

    private Optional<Stored> large(Path file, String path, FileStat stat) throws IOException {
        Begun begun = begun(file, path);
        if (begun == null) {
            return Optional.empty();
        }
        try (InputStream in = begun.rest()) {
            if (SqliteFiles.startsWithMagic(begun.start())) {
                throw UnreadableFileException.becameDatabase(path);
            }
            MessageDigest digest = ContentDigest.sha256();
            tar.putArchiveEntry(entry(path, stat, stat.size(), TarConstants.LF_NORMAL));
            int known = (int) Math.min(begun.start().length, stat.size());
            write(begun.start(), known, digest);
            Copied copied = copy(in, stat.size() - known, digest);
            tar.closeArchiveEntry();
            String note = copied == Copied.HOLED
                    ? "could not be read whole: zeros in place of what the disk doesn't give"
                    : copied == Copied.SHORT || hasMoved(file, stat) ? MOVED : null;
            return Optional.of(stored(path, stat.size(), digest, stat, note));
        }
    }

    /// A file that was opened and read so far that it would be known for a database.
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Begun(byte[] start, InputStream rest) {
        static Begun of(Path file) throws IOException {
            InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
            try {
                return new Begun(in.readNBytes(MAGIC_LENGTH), in);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }

    private static @Nullable Begun begun(Path file, String path) throws UnreadableFileException {
        try {
            return SecondTry.of(() -> Begun.of(file));
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException e) {
            throw new UnreadableFileException(path, e);
        }
    }

    private static boolean hasMoved(Path file, FileStat stat) {
        try {
            return FileStat.of(file).filter(stat::looksLike).isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /// What became of a large file's bytes.
    private enum Copied {
        WHOLE,
        /// The end was missing.
        SHORT,
        /// The disk failed on the way.
        HOLED
    }

    /// Exactly `size` bytes go into the entry: more are left out, missing and unreadable ones are zeros.
    private Copied copy(InputStream in, long size, MessageDigest digest) throws IOException {
        long left = size;
        boolean ended = false;
        Copied copied = Copied.WHOLE;
        while (left > 0) {
            int want = (int) Math.min(buffer.length, left);
            int got = 0;
            if (!ended) {
                try {
                    got = SecondTry.of(() -> in.read(buffer, 0, want));
                    ended = got < 0;
                } catch (IOException unreadable) {
                    copied = Copied.HOLED;
                    ended = !skipped(in, want);
                }
            }
            if (got <= 0) {
                copied = copied == Copied.HOLED ? copied : Copied.SHORT;
                Arrays.fill(buffer, 0, want, (byte) 0);
                got = want;
            }
            write(buffer, got, digest);
            left -= got;
        }
        return copied;
    }

    private void write(byte[] bytes, int count, MessageDigest digest) throws IOException {
        tar.write(bytes, 0, count);
        digest.update(bytes, 0, count);
        advance(count);
    }

    private static boolean skipped(InputStream in, int bytes) {
        try {
            in.skipNBytes(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Stored stored(String path, long size, MessageDigest digest, FileStat stat, @Nullable String note)
            throws IOException {
        String hex = HexFormat.of().formatHex(digest.digest());
        manifest.entry(
                new ManifestEntry(path, EntryType.FILE, size, stat.mode(), stat.uid(), stat.gid(), hex, null, note));
        return new Stored(size, hex, stat, note != null);
    }

    /// Archives a private copy of a database under the database's path, mode and owner.
    ///
    /// @param live what the live file looks like
    /// @param record asked once, after the copy's bytes are in the archive
    public Stored database(Path copy, String path, FileStat live, Supplier<DatabaseRecord> record) throws IOException {
        Stored content = privateCopy(copy, path, live);
        DatabaseRecord known = record.get();
        listed(path, EntryType.DATABASE, content, known.unverified());
        manifest.database(known);
        return content;
    }

    /// Archives a private copy of a file that SQLite could not read, under `path`.
    public Stored raw(Path copy, String path, FileStat live, String note) throws IOException {
        Stored content = privateCopy(copy, path, live);
        listed(path, EntryType.FILE, content, note);
        return new Stored(content.size(), content.digest(), live, true);
    }

    private void listed(String path, EntryType type, Stored content, @Nullable String note) throws IOException {
        FileStat live = content.stat();
        manifest.entry(new ManifestEntry(
                path, type, content.size(), live.mode(), live.uid(), live.gid(), content.digest(), null, note));
    }

    private Stored privateCopy(Path copy, String path, FileStat live) throws IOException {
        long size = Files.size(copy);
        MessageDigest digest = ContentDigest.sha256();
        tar.putArchiveEntry(entry(path, live, size, TarConstants.LF_NORMAL));
        try (InputStream in = Files.newInputStream(copy)) {
            if (copy(in, size, digest) != Copied.WHOLE) {
                throw new IOException("the copy of " + path + " can't be read to its end");
            }
        }
        tar.closeArchiveEntry();
        return new Stored(size, HexFormat.of().formatHex(digest.digest()), live, false);
    }

    /// Records a database that isn't in the archive, or is there only as raw bytes.
    public void note(DatabaseRecord record) {
        manifest.database(record);
    }

    public void skipped(Skipped file) {
        manifest.skipped(file);
    }

    private void advance(long bytes) {
        read += bytes;
        progress.at(read);
    }

    private static TarArchiveEntry entry(String path, FileStat stat, long size, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setSize(size);
        entry.setMode(stat.mode());
        entry.setUserId(stat.uid());
        entry.setGroupId(stat.gid());
        entry.setModTime(stat.modified() / 1_000_000);
        return entry;
    }

    /// The whole archive's figures.
    ///
    /// @param sha256 hex, of the compressed bytes
    /// @param bytes uncompressed content
    public record Finished(String sha256, long compressed, long bytes, long entries) {}

    /// Writes the manifest and ends the archive.
    public Finished finish() throws IOException {
        manifest.close();
        TarArchiveEntry entry = new TarArchiveEntry(MANIFEST);
        entry.setSize(Files.size(manifestSpool));
        entry.setMode(0600);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        Files.copy(manifestSpool, tar);
        tar.closeArchiveEntry();
        tar.finish();
        gzip.finish();
        return new Finished(compressed.sha256(), compressed.count(), manifest.bytes(), manifest.entries());
    }

    @Override
    public void close() throws IOException {
        gzip.close();
        try (spooled) {
            Files.deleteIfExists(manifestSpool);
        }
    }
}
