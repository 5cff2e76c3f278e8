package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.snapshot.LinkBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Creates an archive's files in a private folder. Links come last, so that nothing is ever written through one;
/// everything is created anew, so that duplicates show.
final class EntryFiles implements EntrySink {

    private final Path root;
    private final Map<String, String> links = new LinkedHashMap<>();
    private final byte[] buffer = new byte[1 << 16];
    private final WriteBehind behind = new WriteBehind();
    private final LinkBudget budget = new LinkBudget();
    private final long mostFolders;
    private @Nullable Path lastFolder;
    private long made;

    /// @param mostFolders that are made, those included that no entry names
    EntryFiles(Path root, long mostFolders) {
        this.root = root;
        this.mostFolders = mostFolders;
    }

    @Override
    public void folder(String path) throws IOException {
        requireNoLink(path);
        create(root.resolve(path), path);
    }

    private void create(Path folder, String path) throws IOException {
        if (folder.equals(lastFolder)) {
            return;
        }
        try {
            make(folder);
            lastFolder = folder;
        } catch (FileAlreadyExistsException e) {
            throw ArchiveRefused.hostile("two entries are in each other's way at " + path);
        } catch (FileSystemException e) {
            throw named(e, path);
        }
    }

    /// A single entry may stand below thousands of folders that no entry names.
    private void make(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path each = folder;
        while (each != null && !Presence.isFolder(each, LinkOption.NOFOLLOW_LINKS)) {
            missing.push(each);
            each = each.getParent();
        }
        for (Path next : missing) {
            if (++made > mostFolders) {
                throw ArchiveRefused.hostile("it makes more than " + mostFolders + " folders");
            }
            Files.createDirectory(next);
        }
    }

    /// Copies exactly `size` bytes, or fewer if the source ends.
    @Override
    public void file(String path, long size, InputStream in, Chunk each) throws IOException {
        requireNoLink(path);
        Path file = root.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            create(parent, path);
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            boolean database = false;
            long left = size;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    return;
                }
                out.write(buffer, 0, n);
                each.accept(buffer, n);
                database |= left == size && SqliteFiles.startsWithMagic(buffer);
                left -= n;
                if (database) {
                    behind.grown(file, size - left);
                }
            }
            if (database) {
                behind.whole(file);
            }
        } catch (FileAlreadyExistsException e) {
            throw ArchiveRefused.hostile("it holds " + path + " twice");
        } catch (FileSystemException e) {
            throw named(e, path);
        }
    }

    private static IOException named(FileSystemException e, String path) {
        String reason = String.valueOf(e.getReason());
        if (reason.contains("Is a directory") || reason.contains("Not a directory")) {
            return ArchiveRefused.hostile("two entries are in each other's way at " + path);
        }
        return reason.contains("File name too long") ? ArchiveRefused.hostile("a name is too long: " + path) : e;
    }

    @Override
    public void link(String path, String target) throws IOException {
        requireNoLink(path);
        if (Presence.isThere(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            throw ArchiveRefused.hostile("it holds " + path + " twice");
        }
        if (!budget.takes(path, target)) {
            throw ArchiveRefused.hostile("it holds more than " + LinkBudget.MOST + " links, or very long ones");
        }
        links.put(path, target);
    }

    private void requireNoLink(String path) throws IOException {
        if (links.isEmpty()) {
            return;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (links.containsKey(path.substring(0, slash))) {
                throw ArchiveRefused.hostile("an entry lies below a link: " + path);
            }
        }
        if (links.containsKey(path)) {
            throw ArchiveRefused.hostile("it holds " + path + " twice");
        }
    }

    @Override
    public void finishLinks() throws IOException {
        for (Map.Entry<String, String> link : links.entrySet()) {
            Path file = root.resolve(link.getKey());
            Path parent = file.getParent();
            if (parent != null) {
                create(parent, link.getKey());
            }
            try {
                Files.createSymbolicLink(file, Path.of(link.getValue()));
            } catch (FileAlreadyExistsException e) {
                throw ArchiveRefused.hostile("it holds " + link.getKey() + " twice");
            } catch (FileSystemException e) {
                throw named(e, link.getKey());
            }
        }
    }

    @Override
    public void close() {
        behind.close();
        links.clear();
    }
}
