package dev.jellykeep.store.folder;

import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobRules;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names, files and what is known of them.
final class Folder {
    /// Our own corner of the folder: no blob's name may begin with it.
    static final String OWN = ".jellykeep-store";

    private static final int LONGEST_SEGMENT = 255;
    /// What Java has no exception of its own for: EPERM and EROFS.
    private static final Pattern DENIED = Pattern.compile("Operation not permitted|Read-only file system");

    private static final String LOOP = "Too many levels of symbolic links";

    private static final Set<String> OUR_FOLDERS = Set.of("control", "forks", "status", "suspect");
    private static final String BACKUP = "backup-";

    private final Path root;
    private final InstantSource clock;
    private final Sidecars sidecars;

    /// Something that may fail with an `IOException`.
    interface Action<T> {
        T run() throws IOException;
    }

    Folder(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
        this.sidecars = new Sidecars(root.resolve(OWN).resolve("metadata"));
    }

    Path root() {
        return root;
    }

    InstantSource clock() {
        return clock;
    }

    Sidecars sidecars() {
        return sidecars;
    }

    Draft draft(String name) throws IOException {
        return new Draft(name, this);
    }

    Path file(String name) {
        BlobRules.name(name);
        for (var segment : name.split("/", -1)) {
            if (segment.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
                throw error(
                        Kind.INVALID, "keep " + name, "a file's name has at most 255 bytes; use a shorter one", null);
            }
        }
        if (name.equals(OWN) || name.startsWith(OWN + "/")) {
            throw error(Kind.INVALID, "keep " + name, "that name is the store's own; use another", null);
        }
        return root.resolve(name);
    }

    /// Empty if there is no such file.
    Optional<BlobFacts> facts(String name) throws IOException {
        var file = file(name);
        try {
            for (; ; ) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (!attributes.isRegularFile()) {
                    return Optional.empty();
                }
                var etag = etag(attributes);
                var metadata = sidecars.read(name, etag);
                // Whoever replaces the file takes its metadata away: then look again.
                if (!metadata.isEmpty() || etag.equals(etag(Files.readAttributes(file, BasicFileAttributes.class)))) {
                    var modified = attributes.lastModifiedTime().toInstant();
                    return Optional.of(new BlobFacts(name, attributes.size(), etag, modified, metadata));
                }
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Survives `cp --archive` and `rsync --times`, as metadata is found by it.
    static String etag(BasicFileAttributes attributes) {
        var time = attributes.lastModifiedTime().toInstant();
        return "\"%x-%x-%x\"".formatted(time.getEpochSecond(), time.getNano(), attributes.size());
    }

    /// What can't be a blob of ours is passed over, whatever it is: others may keep things there too.
    SortedSet<String> names(String namePrefix) throws IOException {
        var names = new TreeSet<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(root.resolve(OWN)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (name.startsWith(namePrefix)
                        && (mayHoldOurs(file) || isName(name))
                        && (attributes.isRegularFile() || (attributes.isSymbolicLink() && leadsToFile(file)))) {
                    names.add(name);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                boolean gone = e instanceof NoSuchFileException && !file.equals(root);
                boolean closed = e instanceof AccessDeniedException && !file.equals(root) && !mayHoldOurs(file);
                if (gone || closed) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return names;
    }

    private boolean isName(String name) {
        try {
            Path _ = file(name);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /// Where a foreign link leads to, which may be anywhere, is no failure of ours.
    private boolean leadsToFile(Path link) throws IOException {
        try {
            return isFile(link);
        } catch (FileSystemException e) {
            if (mayHoldOurs(link)) {
                throw e;
            }
            return false;
        }
    }

    /// Such as `lost+found`, which root alone may open, does not.
    private boolean mayHoldOurs(Path path) {
        String top = root.relativize(path).getName(0).toString();
        return OUR_FOLDERS.contains(top) || top.startsWith(BACKUP);
    }

    /// Unlike {@link Files#isRegularFile}, doesn't take what a failing disk can't show for what isn't there: a blob
    /// that
    /// is missing in a listing is one that nobody restores.
    private static boolean isFile(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException _) {
            return false;
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).startsWith(LOOP)) {
                return false;
            }
            throw e;
        }
    }

    /// Deletes a blob and its metadata, and the folders that it leaves empty.
    boolean delete(String name) throws IOException {
        var file = file(name);
        if (!isFile(file)) {
            return false;
        }
        try (var _ = WriteLock.take(root)) {
            var deleted = Files.deleteIfExists(file);
            sidecars.forget(name, null);
            for (var parent = file.getParent(); parent != null && !parent.equals(root); parent = parent.getParent()) {
                if (!isEmpty(parent)) {
                    break;
                }
                Files.deleteIfExists(parent);
            }
            return deleted;
        }
    }

    <T> T trying(String what, Action<T> action) {
        try {
            return action.run();
        } catch (DirectoryIteratorException e) {
            throw refused(what, Objects.requireNonNull(e.getCause()));
        } catch (UncheckedIOException e) {
            throw refused(what, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw refused(what, e);
        }
    }

    private StoreException refused(String what, IOException e) {
        if (e instanceof AccessDeniedException
                || DENIED.matcher(String.valueOf(e.getMessage())).find()) {
            return error(
                    Kind.FORBIDDEN,
                    what,
                    "this user may not write (" + e.getMessage()
                            + "); run chown or chmod u+rwX on the folder, or use another",
                    e);
        }
        if (!Files.isDirectory(root)) {
            return error(Kind.NO_CONTAINER, what, "the folder is gone; mount it again, or make it with mkdir -p", e);
        }
        return error(
                Kind.UNREACHABLE,
                what,
                "the disk refuses (" + e.getClass().getSimpleName() + ": " + e.getMessage() + "); check its free space"
                        + " and its health with df and dmesg",
                e);
    }

    StoreException error(Kind kind, String what, String rest, @Nullable Throwable cause) {
        return new StoreException(kind, "Can't " + what + " in " + root + ": " + rest + ".", cause);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
