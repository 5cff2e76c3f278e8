package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.Skipped;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// Reads one archive into an empty private folder, trusting nothing in it. Constant memory: what was seen is
/// spooled and compared with the manifest, which is the last entry and lists entries in the archive's order.
public final class Extraction {
    private static final int BUFFER = 1 << 16;
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final String OWN = ".jellykeep";
    private static final int LARGEST_HEADER = 1 << 20;
    private static final long LARGEST_MANIFEST = 32L << 20;
    /// Path and target of 4096 bytes each, six characters for each byte at worst.
    private static final long LARGEST_RECORD = 50_000;
    private static final Duration LATEST = Duration.ofDays(365L * 8000);

    private final EntrySink files;
    private final Limits limits;
    private final Progress progress;
    private final List<DatabaseRecord> databases = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private @Nullable ArchiveHeader header;
    private boolean manifestSeen;
    private String sha256 = "";
    private long headers;
    private long ignoredBytes;
    private long entries;
    private long bytes;

    private Extraction(EntrySink files, Limits limits, Progress progress) {
        this.files = files;
        this.limits = limits;
        this.progress = progress;
    }

    /// Loads what an extraction needs.
    public static void prepare() {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new TarGate(new ByteArrayInputStream(new byte[2 * TarConstants.DEFAULT_RCDSIZE])), "UTF-8")) {
            tar.getNextEntry();
        } catch (IOException _) {
            return;
        }
    }

    /// @param archive the blob's bytes; read to the end, not closed
    /// @param target empty folder for the content
    /// @param seen file for the list of what was extracted, for {@link SeenEntries}; replaced
    /// @throws ArchiveRefused if the archive is hostile, damaged or too new; `target` may hold a part of it
    public static Extracted extract(InputStream archive, Path target, Path seen, Limits limits, Progress progress)
            throws IOException {
        try (EntrySink files = new EntryFiles(target, limits.entries())) {
            return read(archive, files, seen, limits, progress);
        }
    }

    /// @param databases is given each database as it comes by; all else is digested and forgotten
    /// @param seen file for the list of what was read; replaced
    /// @throws ArchiveRefused if the archive is hostile, damaged or too new
    public static Extracted tryOut(
            InputStream archive, PassingDatabases databases, Path seen, Limits limits, Progress progress)
            throws IOException {
        try (EntrySink files = new PassingEntries(databases)) {
            return read(archive, files, seen, limits, progress);
        }
    }

    private static Extracted read(InputStream archive, EntrySink files, Path seen, Limits limits, Progress progress)
            throws IOException {
        Extraction extraction = new Extraction(files, limits, progress);
        CountingInput compressed = new CountingInput(archive);
        try {
            extraction.read(compressed, seen);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "this process can't write the name " + e.getInput() + ": start it with LC_ALL=C.UTF-8", e);
        }
        return new Extracted(
                extraction.header,
                extraction.databases,
                extraction.skipped,
                extraction.entries,
                extraction.bytes,
                extraction.sha256);
    }

    private void read(CountingInput compressed, Path seen) throws IOException {
        try (InputStream plain = gunzip(compressed);
                InputStream ahead = new ReadAhead(new DamageNamed(plain, compressed));
                TarGate gate = new TarGate(ahead);
                TarArchiveInputStream tar = new TarArchiveInputStream(gate, "UTF-8");
                SeenEntries.Writer list = new SeenEntries.Writer(seen)) {
            InputStream content = new DamageNamed(tar, compressed);
            for (TarArchiveEntry entry = next(tar, compressed); entry != null; entry = next(tar, compressed)) {
                one(content, entry, compressed, list, seen);
            }
            files.finishLinks();
            drain(gate);
            sha256 = compressed.sha256();
        }
        if (header != null && !manifestSeen) {
            throw ArchiveRefused.damaged("its last entry, the manifest, is missing: it is cut short");
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, CountingInput compressed)
            throws IOException {
        return DamageNamed.naming(() -> Optional.ofNullable(tar.getNextEntry()), compressed)
                .orElse(null);
    }

    private static InputStream gunzip(CountingInput compressed) throws IOException {
        try {
            return ParallelGunzip.open(compressed, THREADS);
        } catch (EOFException e) {
            throw ArchiveRefused.damaged("it is empty or cut short");
        } catch (IOException e) {
            if (compressed.failed()) {
                throw e;
            }
            throw ArchiveRefused.damaged("it is not gzip");
        }
    }

    /// The gate refuses anything but zero blocks here, and gzip's own check comes at the very end.
    private static void drain(TarGate gate) throws IOException {
        byte[] rest = new byte[BUFFER];
        while (gate.read(rest, 0, rest.length) >= 0) {
            Thread.onSpinWait();
        }
    }

    private void one(
            InputStream content, TarArchiveEntry entry, CountingInput compressed, SeenEntries.Writer list, Path seen)
            throws IOException {
        if (manifestSeen) {
            throw ArchiveRefused.hostile("there are entries after the manifest");
        }
        requireOneMeaning(entry);
        String path = EntryName.path(entry.getName());
        boolean first = headers++ == 0;
        if (first && path.equals(ArchiveHeader.ENTRY)) {
            header = header(content(content, entry));
        } else if (header == null && (path.isEmpty() || isOwn(path))) {
            ignored(entry, path);
        } else if (header != null && path.equals(ArchiveWriter.MANIFEST)) {
            list.close();
            compare(content, entry, seen);
            manifestSeen = true;
        } else if (path.isEmpty() || isOwn(path)) {
            throw ArchiveRefused.hostile("it holds an entry that is not data: \"" + path + '"');
        } else {
            list.add(store(content, entry, path, compressed), modified(entry));
        }
    }

    private static boolean isOwn(String path) {
        return path.equals(OWN) || path.startsWith(OWN + "/");
    }

    /// The gate goes by the type, the tar reader by the name too.
    private static void requireOneMeaning(TarArchiveEntry entry) throws ArchiveRefused {
        if (entry.isDirectory() && entry.getLinkFlag() != TarConstants.LF_DIR && entry.getSize() > 0) {
            throw ArchiveRefused.hostile("a folder has content: " + entry.getName());
        }
    }

    /// An older tool's archive may hold its root, and what an earlier restore left in our folder.
    private void ignored(TarArchiveEntry entry, String path) throws ArchiveRefused {
        if (path.isEmpty() && !entry.isDirectory()) {
            throw ArchiveRefused.hostile("it holds a file without a name");
        }
        if (headers > limits.entries()) {
            throw tooMany();
        }
        if (entry.getSize() > limits.bytes() - ignoredBytes) {
            throw tooLong();
        }
        ignoredBytes += entry.getSize();
    }

    private ArchiveRefused tooMany() {
        return ArchiveRefused.hostile("it holds more than " + limits.entries() + " entries");
    }

    private ArchiveRefused tooLong() {
        return ArchiveRefused.hostile("it would take more than " + limits.bytes() + " bytes");
    }

    /// Times out of any calendar are brought into it: nothing depends on them.
    private static Instant modified(TarArchiveEntry entry) {
        long latest = LATEST.toMillis();
        return Instant.ofEpochMilli(Math.clamp(entry.getLastModifiedTime().toMillis(), -latest, latest));
    }

    private ManifestEntry store(InputStream content, TarArchiveEntry entry, String path, CountingInput compressed)
            throws IOException {
        if (++entries > limits.entries()) {
            throw tooMany();
        }
        int mode = entry.getMode() & 0xFFF;
        long uid = entry.getLongUserId();
        long gid = entry.getLongGroupId();
        if (entry.isDirectory()) {
            files.folder(path);
            return new ManifestEntry(path, EntryType.DIRECTORY, 0, mode, uid, gid, null, null, null);
        }
        if (entry.isSymbolicLink()) {
            String link = entry.getLinkName();
            EntryName.requireInside(path, link);
            files.link(path, link);
            return new ManifestEntry(path, EntryType.LINK, 0, mode, uid, gid, null, link, null);
        }
        if (!entry.isFile()) {
            throw ArchiveRefused.hostile("it holds something that is neither file, folder nor link: " + path);
        }
        long size = entry.getSize();
        if (size < 0 || size > limits.bytes() - bytes) {
            throw tooLong();
        }
        MessageDigest digest = ContentDigest.sha256();
        long before = bytes;
        files.file(path, size, content, (chunk, n) -> {
            digest.update(chunk, 0, n);
            bytes += n;
            requireRatio(compressed);
            progress.at(bytes);
        });
        if (bytes - before != size) {
            throw ArchiveRefused.damaged("the entry " + path + " is cut short");
        }
        String hex = HexFormat.of().formatHex(digest.digest());
        return new ManifestEntry(path, EntryType.FILE, size, mode, uid, gid, hex, null, null);
    }

    private void requireRatio(CountingInput compressed) throws ArchiveRefused {
        if (header == null && bytes > limits.ratioFrom() && bytes / Math.max(1, compressed.count()) > limits.ratio()) {
            throw ArchiveRefused.hostile("it unpacks to more than " + limits.ratio() + " times its size");
        }
    }

    private static byte[] content(InputStream tar, TarArchiveEntry entry) throws IOException {
        if (entry.getSize() > LARGEST_HEADER) {
            throw ArchiveRefused.hostile("its header is too long");
        }
        return tar.readNBytes(LARGEST_HEADER);
    }

    private static ArchiveHeader header(byte[] text) throws ArchiveRefused {
        return switch (ArchiveHeader.parse(text)) {
            case ArchiveHeader.Parsed.Readable(ArchiveHeader readable) -> readable;
            case ArchiveHeader.Parsed.TooNew(long format) -> throw ArchiveRefused.tooNew(format);
            case ArchiveHeader.Parsed.Unreadable(String why) -> throw ArchiveRefused.damaged(why);
        };
    }

    private void compare(InputStream manifest, TarArchiveEntry entry, Path seen) throws IOException {
        if (entry.getSize() > LARGEST_MANIFEST + entries * LARGEST_RECORD) {
            throw ArchiveRefused.hostile("its manifest has " + entry.getSize() + " bytes for " + entries + " entries");
        }
        try (SeenEntries.Reader list = new SeenEntries.Reader(seen)) {
            new ManifestComparison(list, databases, skipped).read(manifest, entries, bytes);
        }
    }
}
