package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Downloads a folder-style backup of an older tool: one blob per file, no header, no manifest.
public final class FolderDownload {
    private static final int FILE_MODE = 0644;

    private FolderDownload() {}

    /// @param folder the backup's name, which all blob names begin with
    /// @param target empty folder for the content
    /// @param seen file for the list of what was downloaded; replaced
    /// @throws ArchiveRefused if a name is hostile
    public static Extracted download(
            BlobStore store,
            String folder,
            List<BlobFacts> blobs,
            Path target,
            Path seen,
            Limits limits,
            Progress progress)
            throws IOException {
        MessageDigest whole = ContentDigest.sha256();
        FileStat owner = FileStat.of(target).orElseThrow();
        NavigableSet<String> names = blobs.stream().map(BlobFacts::name).collect(Collectors.toCollection(TreeSet::new));
        long[] bytes = {0};
        long entries = 0;
        try (SeenEntries.Writer list = new SeenEntries.Writer(seen);
                EntryFiles files = new EntryFiles(target, limits.entries())) {
            for (BlobFacts blob : blobs) {
                String path = EntryName.path(blob.name().substring(folder.length() + 1));
                if (path.isEmpty() || isOwn(path) || isFolder(blob, names)) {
                    continue;
                }
                if (++entries > limits.entries()) {
                    throw ArchiveRefused.hostile("it holds more than " + limits.entries() + " entries");
                }
                if (blob.length() > limits.bytes() - bytes[0]) {
                    throw ArchiveRefused.hostile("it would take more than " + limits.bytes() + " bytes");
                }
                long before = bytes[0];
                MessageDigest digest = ContentDigest.sha256();
                try (InputStream in = store.open(blob.name(), 0, blob.length())) {
                    files.file(path, blob.length(), in, (chunk, n) -> {
                        digest.update(chunk, 0, n);
                        bytes[0] += n;
                        progress.at(bytes[0]);
                    });
                }
                if (bytes[0] - before != blob.length()) {
                    throw ArchiveRefused.damaged("the blob " + blob.name() + " is shorter than it says");
                }
                String hex = HexFormat.of().formatHex(digest.digest());
                whole.update((path + "\0" + hex + "\n").getBytes(StandardCharsets.UTF_8));
                list.add(
                        new ManifestEntry(
                                path,
                                EntryType.FILE,
                                blob.length(),
                                FILE_MODE,
                                owner.uid(),
                                owner.gid(),
                                hex,
                                null,
                                null),
                        blob.lastModified());
            }
        }
        return new Extracted(
                null, List.of(), List.of(), entries, bytes[0], HexFormat.of().formatHex(whole.digest()));
    }

    private static boolean isOwn(String path) {
        return path.equals(DataRoot.OWN) || path.startsWith(DataRoot.OWN + "/");
    }

    /// Accounts with a hierarchical namespace list folders as empty blobs.
    private static boolean isFolder(BlobFacts blob, NavigableSet<String> names) {
        String below = names.ceiling(blob.name() + "/");
        return blob.length() == 0 && below != null && below.startsWith(blob.name() + "/");
    }
}
