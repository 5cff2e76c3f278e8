package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestReader;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.json.JsonFormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Reads one archive into an empty private folder, trusting nothing in it. Constant memory: what was seen is
/// spooled and
/// compared with the manifest, which is the last entry and lists entries in the archive's order.
public final class Extraction {
    private static final int BUFFER = 1 << 16;
    private static final String OWN = ".jellykeep";
    private static final int LARGEST_HEADER = 1 << 20;

    private final Path target;
    private final Limits limits;
    private final Progress progress;
    private final List<DatabaseRecord> databases = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private @Nullable ArchiveHeader header;
    private boolean manifestSeen;
    private String sha256 = "";
    private long entries;
    private long bytes;

    private Extraction(Path target, Limits limits, Progress progress) {
        this.target = target;
        this.limits = limits;
        this.progress = progress;
    }

    /// @param archive the blob's bytes; read to the end, not closed
    /// @param target empty folder for the content
    /// @param seen file for the list of what was extracted, for {@link SeenEntries}; replaced
    /// @throws ArchiveRefused if the archive is hostile, damaged or too new; `target` may hold a part of it
    public static Extracted extract(InputStream archive, Path target, Path seen, Limits limits, Progress progress)
            throws IOException {
        Extraction extraction = new Extraction(target, limits, progress);
        CountingInput compressed = new CountingInput(archive);
        try {
            extraction.read(compressed, seen);
        } catch (ArchiveRefused refused) {
            throw refused;
        } catch (EOFException | ZipException | ArchiveException e) {
            throw ArchiveRefused.damaged("it is damaged or cut short (" + e.getMessage() + ")");
        } catch (IllegalArgumentException | JsonFormatException e) {
            throw ArchiveRefused.damaged(String.valueOf(e.getMessage()));
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
                TarGate gate = new TarGate(new BufferedInputStream(plain, BUFFER));
                TarArchiveInputStream tar = new TarArchiveInputStream(gate, "UTF-8");
                SeenEntries.Writer list = new SeenEntries.Writer(seen)) {
            try (EntryFiles files = new EntryFiles(target)) {
                boolean first = true;
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    requireRatio(compressed);
                    one(tar, entry, first, list, files, seen);
                    first = false;
                }
                files.finishLinks();
            }
            drain(gate);
            sha256 = compressed.sha256();
            if (header != null && !manifestSeen) {
                throw ArchiveRefused.damaged("its last entry, the manifest, is missing: it is cut short");
            }
        }
    }

    private static InputStream gunzip(InputStream compressed) throws IOException {
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(compressed)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (EOFException e) {
            throw ArchiveRefused.damaged("it is empty or cut short");
        } catch (IOException e) {
            if (compressed instanceof CountingInput counting && counting.failed()) {
                throw e;
            }
            throw ArchiveRefused.damaged("it is not gzip");
        }
    }

    private static void drain(TarGate gate) throws IOException {
        byte[] rest = new byte[BUFFER];
        while (gate.read(rest, 0, rest.length) >= 0) {
            // the gate refuses anything but zero blocks here, and gzip's own check comes at the very end
            Thread.onSpinWait();
        }
        if (!gate.ended()) {
            throw ArchiveRefused.damaged("the tar ends without its end marker");
        }
    }

    private void one(
            TarArchiveInputStream tar,
            TarArchiveEntry entry,
            boolean first,
            SeenEntries.Writer list,
            EntryFiles files,
            Path seen)
            throws IOException {
        if (manifestSeen) {
            throw ArchiveRefused.hostile("there are entries after the manifest");
        }
        String path = EntryName.path(entry.getName());
        if (first && path.equals(ArchiveHeader.ENTRY)) {
            header = header(content(tar, entry));
        } else if (header != null && path.equals(ArchiveWriter.MANIFEST)) {
            list.close();
            compare(tar, seen);
            manifestSeen = true;
        } else if (path.equals(OWN) || path.startsWith(OWN + "/")) {
            if (header != null) {
                throw ArchiveRefused.hostile("it holds an entry in our own folder: " + path);
            }
        } else if (!path.isEmpty()) {
            ManifestEntry found = store(tar, entry, path, files);
            list.add(found, entry.getLastModifiedTime().toInstant());
        }
    }

    private ManifestEntry store(TarArchiveInputStream tar, TarArchiveEntry entry, String path, EntryFiles files)
            throws IOException {
        if (++entries > limits.entries()) {
            throw ArchiveRefused.hostile("it holds more than " + limits.entries() + " entries");
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
            throw ArchiveRefused.hostile("it would take more than " + limits.bytes() + " bytes");
        }
        MessageDigest digest = ContentDigest.sha256();
        long before = bytes;
        files.file(path, size, tar, (chunk, n) -> {
            digest.update(chunk, 0, n);
            bytes += n;
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

    private void compare(InputStream manifest, Path seen) throws IOException {
        try (SeenEntries.Reader list = new SeenEntries.Reader(seen)) {
            ManifestComparison comparison = new ManifestComparison(list, databases, skipped);
            ManifestReader.Outcome outcome = ManifestReader.read(new Unclosed(manifest), comparison);
            if (outcome instanceof ManifestReader.Outcome.TooNew(long format)) {
                throw ArchiveRefused.tooNew(format);
            }
            comparison.finish(entries, bytes);
        }
    }
}
