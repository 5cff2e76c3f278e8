package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.glob.Globs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4096;

    private final DataRoot root;
    private final Globs globs;
    private final List<ScannedFile> databases = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private long files;
    private long bytes;
    private long largestDatabase;

    private Scanner(DataRoot root, Globs globs) {
        this.root = root;
        this.globs = globs;
    }

    /// @param globs which paths belong into the snapshot
    /// @param spool where the list goes; replaced
    public static Scan scan(DataRoot root, Globs globs, Path spool) throws IOException {
        Scanner scanner = new Scanner(root, globs);
        try (ScanSpool.Writer out = new ScanSpool.Writer(spool)) {
            scanner.folder(root.path(), "", out);
        }
        return new Scan(
                spool, scanner.databases, scanner.skipped, scanner.files, scanner.bytes, scanner.largestDatabase);
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
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            for (Path child : listing) {
                String name = String.valueOf(child.getFileName());
                if (name.length() > LONGEST_NAME || prefix.length() + name.length() > LONGEST_PATH) {
                    skipped.add(new Skipped(prefix + name, "the path is too long"));
                    continue;
                }
                if (name.indexOf('\uFFFD') >= 0) {
                    skipped.add(new Skipped(prefix + name, "the name is not valid UTF-8"));
                    continue;
                }
                FileStat.of(child).ifPresent(stat -> children.put(name, stat));
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            skipped.add(new Skipped(prefix.isEmpty() ? "." : prefix, "the folder can't be read: " + brief(e)));
        }
        return children;
    }

    private boolean isSideFile(Path folder, String name, Map<String, FileStat> children) {
        Optional<String> owner = SqliteFiles.ownerOf(name);
        return owner.isPresent()
                && children.containsKey(owner.get())
                && isDatabase(folder.resolve(owner.get()), children.get(owner.get()), children);
    }

    private boolean isDatabase(Path file, FileStat stat, Map<String, FileStat> children) {
        if (!stat.isRegular()) {
            return false;
        }
        try {
            return stat.size() == 0 ? children.containsKey(file.getFileName() + "-wal") : SqliteFiles.hasMagic(file);
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
        } else if (!Files.isReadable(file)) {
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

    private void link(Path file, String path, FileStat stat, ScanSpool.Writer out) throws IOException {
        String target = Files.readSymbolicLink(file).toString();
        Path resolved = root.path().resolve(path).resolveSibling(target).normalize();
        if (target.startsWith("/") || !resolved.startsWith(root.path()) || resolved.startsWith(root.own())) {
            skipped.add(new Skipped(path, "a link that leaves the data root"));
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
