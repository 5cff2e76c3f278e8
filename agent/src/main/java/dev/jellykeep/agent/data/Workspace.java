package dev.jellykeep.agent.data;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Our own folder `.jellykeep/` in the data root: private to its user, and locked by one agent at a time.
public final class Workspace implements AutoCloseable {
    private final DataRoot root;
    private final FileChannel channel;
    private final FileLock lock;

    private Workspace(DataRoot root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /// Makes the folder where it is missing and takes the lock.
    ///
    /// @return empty if another agent works on this data root
    @SuppressWarnings("resource") // the channel belongs to the result
    public static Optional<Workspace> lock(DataRoot root) {
        try {
            makePrivate(root.own());
            FileChannel channel = FileChannel.open(
                    root.own().resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Workspace(root, channel, lock));
        } catch (AccessDeniedException e) {
            throw new AgentException(
                    Reason.IO,
                    "the data root " + root.path() + " can't be written (" + e.getMessage()
                            + "): run as Jellyfin's user or as root",
                    e);
        } catch (IOException e) {
            throw DiskSpace.failure("the data root " + root.path() + " can't be written", e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /// A file of our own folder.
    public Path file(String name) {
        return root.own().resolve(name);
    }

    /// An empty private folder for one piece of work; what an earlier, killed process left there is removed.
    public Path fresh(String name) {
        Path folder = file(name);
        try {
            deleteTree(folder);
            makePrivate(folder);
            return folder;
        } catch (IOException e) {
            throw DiskSpace.failure("the folder " + folder + " can't be made empty", e);
        }
    }

    /// Removes a folder and what is in it; links are removed, not followed.
    public static void deleteTree(Path folder) throws IOException {
        if (!Presence.isThere(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new AgentException(
                    Reason.IO, "the lock in " + root.own() + " can't be given back: " + e.getMessage(), e);
        }
    }
}
