package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestWriter;
import dev.jellykeep.contract.archive.Skipped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes an archive: pax tar, one gzip member, header first and manifest last. Constant memory.
public final class ArchiveWriter implements AutoCloseable {
    /// Name of an archive's last entry.
    public static final String MANIFEST = ".jellykeep/manifest.json";

    private static final int BUFFER = 1 << 16;

    private final Path manifestSpool;
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
        manifest = new ManifestWriter(new java.io.BufferedOutputStream(Files.newOutputStream(manifestSpool)));
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
    /// @param moved it changed while it was read
    public record Stored(long size, String digest, FileStat stat, boolean moved) {}

    /// Archives a file that may change meanwhile.
    ///
    /// @return empty if it is gone
    /// @throws UnreadableFileException if it can't be read, or has become a database since the scan; the
    ///     archive isn't
    ///     harmed
    public Optional<Stored> file(Path file, String path) throws IOException {
        Optional<FileStat> stat;
        try {
            stat = FileStat.of(file);
            if (stat.isPresent() && stat.get().size() <= MovingFile.FITS_MEMORY) {
                return small(file, path);
            }
        } catch (IOException e) {
            throw new UnreadableFileException(path, e);
        }
        return stat.isEmpty() ? Optional.empty() : large(file, path, stat.get());
    }

    private Optional<Stored> small(Path file, String path) throws IOException {
        Optional<MovingFile.Content> content = MovingFile.read(file);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = content.get().bytes();
        if (SqliteFiles.startsWithMagic(bytes)) {
            throw UnreadableFileException.becameDatabase(path);
        }
        FileStat stat = content.get().stat();
        tar.putArchiveEntry(entry(path, stat, bytes.length, TarConstants.LF_NORMAL));
        tar.write(bytes);
        tar.closeArchiveEntry();
        advance(bytes.length);
        MessageDigest digest = ContentDigest.sha256();
        digest.update(bytes);
        return Optional.of(
                stored(path, bytes.length, digest, stat, content.get().moved()));
    }

    private Optional<Stored> large(Path file, String path, FileStat stat) throws IOException {
        try (InputStream in = new BufferedInputStream(open(file, path), BUFFER)) {
            in.mark(16);
            if (SqliteFiles.startsWithMagic(in.readNBytes(16))) {
                throw UnreadableFileException.becameDatabase(path);
            }
            in.reset();
            tar.putArchiveEntry(entry(path, stat, stat.size(), TarConstants.LF_NORMAL));
            MessageDigest digest = ContentDigest.sha256();
            boolean shrank = copy(in, stat.size(), digest);
            tar.closeArchiveEntry();
            Optional<FileStat> after = FileStat.of(file);
            boolean moved = shrank || after.isEmpty() || !after.get().looksLike(stat);
            return Optional.of(stored(path, stat.size(), digest, stat, moved));
        }
    }

    private static InputStream open(Path file, String path) throws UnreadableFileException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UnreadableFileException(path, e);
        }
    }

    /// Exactly `size` bytes go into the entry: more are left out, missing ones are zeros.
    private boolean copy(InputStream in, long size, MessageDigest digest) throws IOException {
        long left = size;
        boolean shrank = false;
        while (left > 0) {
            int want = (int) Math.min(buffer.length, left);
            int got = shrank ? -1 : in.read(buffer, 0, want);
            if (got < 0) {
                shrank = true;
                java.util.Arrays.fill(buffer, 0, want, (byte) 0);
                got = want;
            }
            tar.write(buffer, 0, got);
            digest.update(buffer, 0, got);
            left -= got;
            advance(got);
        }
        return shrank;
    }

    private Stored stored(String path, long size, MessageDigest digest, FileStat stat, boolean moved)
            throws IOException {
        String hex = HexFormat.of().formatHex(digest.digest());
        String note = moved ? "kept changing while it was read" : null;
        manifest.entry(
                new ManifestEntry(path, EntryType.FILE, size, stat.mode(), stat.uid(), stat.gid(), hex, null, note));
        return new Stored(size, hex, stat, moved);
    }

    /// Archives a private copy of a database under the database's path, mode and owner.
    ///
    /// @param live what the live file looks like
    public Stored database(Path copy, String path, FileStat live, DatabaseRecord record) throws IOException {
        long size = Files.size(copy);
        MessageDigest digest = ContentDigest.sha256();
        tar.putArchiveEntry(entry(path, live, size, TarConstants.LF_NORMAL));
        try (InputStream in = Files.newInputStream(copy)) {
            if (copy(in, size, digest)) {
                throw new IOException("the copy of " + path + " shrank while it was archived");
            }
        }
        tar.closeArchiveEntry();
        String hex = HexFormat.of().formatHex(digest.digest());
        manifest.entry(new ManifestEntry(
                path, EntryType.DATABASE, size, live.mode(), live.uid(), live.gid(), hex, null, record.unverified()));
        manifest.database(record);
        return new Stored(size, hex, live, false);
    }

    /// Archives a private copy of a file that SQLite could not read, under `path`.
    public Stored raw(Path copy, String path, FileStat live, String note) throws IOException {
        long size = Files.size(copy);
        MessageDigest digest = ContentDigest.sha256();
        tar.putArchiveEntry(entry(path, live, size, TarConstants.LF_NORMAL));
        try (InputStream in = Files.newInputStream(copy)) {
            copy(in, size, digest);
        }
        tar.closeArchiveEntry();
        String hex = HexFormat.of().formatHex(digest.digest());
        manifest.entry(
                new ManifestEntry(path, EntryType.FILE, size, live.mode(), live.uid(), live.gid(), hex, null, note));
        return new Stored(size, hex, live, true);
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
        Files.deleteIfExists(manifestSpool);
    }
}
