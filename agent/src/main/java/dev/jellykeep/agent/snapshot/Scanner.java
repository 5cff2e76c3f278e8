package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.Listing;
import dev.jellykeep.agent.data.SecondTry;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.archive.SkippedFiles;
import dev.jellykeep.contract.glob.Globs;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Phase one of a snapshot: walks the data root and finds out what each file is, before any SQLite connection is
/// opened, since it has to open files to do so.
public final class Scanner {
    private final Globs globs;
    private final List<ScannedFile> databases = new ArrayList<>();
    private final SkippedFiles skipped = new SkippedFiles();
    private final LinkBudget links = new LinkBudget();
    private long files;
    private long bytes;
    private long largestDatabase;

    private Scanner(Globs globs) {
        this.globs = globs;
    }

    /// @param globs which paths belong into the snapshot
    /// @param spool where the list goes; replaced
    public static Scan scan(DataRoot root, Globs globs, Path spool) throws IOException {
        Scanner scanner = new Scanner(globs);
        try (ScanSpool.Writer out = new ScanSpool.Writer(spool)) {
            scanner.folder(root.path(), "", out);
        }
        return new Scan(
                spool,
                scanner.databases,
                scanner.skipped.records(),
                scanner.files,
                scanner.bytes,
                scanner.largestDatabase);
    }

    private void folder(Path folder, String prefix, ScanSpool.Writer out) throws IOException {
        Map<String, FileStat> children = children(folder, prefix);
        List<String> names = new ArrayList<>(children.keySet());
        names.sort(Comparator.naturalOrder());
        for (String name : names) {
            String path = prefix + name;
            FileStat stat = children.get(name);
            if (path.equals(DataRoot.OWN) || stat == null || isSideFile(folder, name, children)) {
                continue;
            }
            if (stat.isDirectory()) {
                if (globs.selects(path)) {
                    out.add(new ScannedFile(path, EntryType.DIRECTORY, stat, null, null));
                    files++;
                }
                if (!globs.skips(path)) {
                    folder(folder.resolve(name), path + "/", out);
                }
            } else if (globs.selects(path)) {
                file(folder.resolve(name), path, stat, children, out);
            }
        }
    }

    private Map<String, FileStat> children(Path folder, String prefix) {
        Map<String, FileStat> children = new HashMap<>();
        try {
            Listing.of(folder).forEach(child -> child(child, prefix, children));
        } catch (IOException e) {
            skipped.add(new Skipped(prefix.isEmpty() ? "." : prefix, "the folder can't be read: " + brief(e)));
        }
        return children;
    }

    private void child(Path child, String prefix, Map<String, FileStat> children) {
        String name = String.valueOf(child.getFileName());
        String path = prefix + name;
        Optional<String> unfit = NameRules.against(path);
        if (unfit.isPresent()) {
            skip(path, unfit.get());
        } else {
            try {
                FileStat.of(child).ifPresent(stat -> children.put(name, stat));
            } catch (IOException e) {
                skip(path, "can't be looked at: " + brief(e));
            }
        }
    }

    private void skip(String path, String why) {
        if (globs.selects(path)) {
            skipped.add(new Skipped(path, why));
        }
    }

    private boolean isSideFile(Path folder, String name, Map<String, FileStat> children) {
        Optional<String> owner = SqliteFiles.ownerOf(name);
        FileStat stat = children.get(name);
        return owner.isPresent()
                && stat != null
                && stat.isRegular()
                && children.containsKey(owner.get())
                && isDatabase(folder.resolve(owner.get()), children.get(owner.get()), children);
    }

    private boolean isDatabase(Path file, FileStat stat, Map<String, FileStat> children) {
        if (!stat.isRegular()) {
            return false;
        }
        try {
            return stat.size() == 0
                    ? children.containsKey(file.getFileName() + "-wal")
                    : SecondTry.of(() -> SqliteFiles.hasMagic(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void file(Path file, String path, FileStat stat, Map<String, FileStat> children, ScanSpool.Writer out)
            throws IOException {
        if (stat.isLink()) {
            link(file, path, stat, out);
        } else if (!stat.isRegular()) {
            skipped.add(new Skipped(path, "neither file, folder nor link (socket, FIFO or device)"));
        } else if (!isReadable(file)) {
            skipped.add(new Skipped(path, "not readable by this user"));
        } else if (isDatabase(file, stat, children)) {
            FileStat wal = children.get(file.getFileName() + "-wal");
            ScannedFile database = new ScannedFile(path, EntryType.DATABASE, stat, wal, null);
            databases.add(database);
            long size = Math.max(stat.size(), wal == null ? 0 : wal.size());
            largestDatabase = Math.max(largestDatabase, size);
            add(database, size, out);
        } else {
            add(new ScannedFile(path, EntryType.FILE, stat, null, null), stat.size(), out);
        }
    }

    /// `Files.isReadable` takes a disk that fails for a no.
    private static boolean isReadable(Path file) {
        try {
            return SecondTry.of(() -> {
                file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
                return true;
            });
        } catch (IOException no) {
            return false;
        }
    }

    private void link(Path file, String path, FileStat stat, ScanSpool.Writer out) throws IOException {
        String target;
        try {
            target = SecondTry.of(() -> Files.readSymbolicLink(file)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            skipped.add(new Skipped(path, "the link can't be read: " + brief(e)));
            return;
        }
        if (!LinkTarget.staysInside(path, target)) {
            skipped.add(new Skipped(path, "a link that may leave the data root"));
        } else if (!links.takes(path, target)) {
            skipped.add(new Skipped(path, "there are more links than a restore takes"));
        } else {
            add(new ScannedFile(path, EntryType.LINK, stat, null, target), 0, out);
        }
    }

    private void add(ScannedFile file, long size, ScanSpool.Writer out) throws IOException {
        out.add(file);
        files++;
        bytes += size;
    }

    private static String brief(Exception e) {
        return e.getClass().getSimpleName();
    }
}
