package dev.jellykeep.store.folder;

import dev.jellykeep.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A file that is being written where nobody looks, and becomes a blob by one rename or not at all.
final class Draft implements AutoCloseable {
    /// As long as Azure keeps uncommitted blocks.
    private static final Duration KEPT = Duration.ofDays(7);

    private final String name;
    private final Folder folder;
    private final Path target;
    private final Path directory;
    private final Path file;
    private final FileChannel channel;

    Draft(String name, Folder folder) throws IOException {
        this.name = name;
        this.folder = folder;
        this.target = folder.file(name);
        this.directory = Objects.requireNonNull(target.getParent(), "a blob lies in the store's folder");
        var drafts = Files.createDirectories(folder.root().resolve(Folder.OWN).resolve("uploads"));
        forgetOld(drafts);
        this.file = drafts.resolve(UUID.randomUUID().toString());
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        for (var buffer = ByteBuffer.wrap(bytes, offset, length); buffer.hasRemaining(); ) {
            channel.write(buffer);
        }
    }

    /// Whatever was there is replaced.
    ///
    /// @return the ETag
    String publish(Map<String, String> metadata) throws IOException {
        try (var _ = WriteLock.take(folder.root())) {
            return rename(metadata);
        }
    }

    /// Only while the blob still has an ETag; empty if it hasn't.
    Optional<String> publishOver(String etag) throws IOException {
        try (var _ = WriteLock.take(folder.root())) {
            var there = folder.facts(name);
            return there.isPresent() && there.get().etag().equals(etag)
                    ? Optional.of(rename(Map.of()))
                    : Optional.empty();
        }
    }

    /// Only if the name is free; empty if it isn't.
    Optional<String> publishIfAbsent(Map<String, String> metadata) throws IOException {
        try (var _ = WriteLock.take(folder.root())) {
            if (Files.exists(target)) {
                return Optional.empty();
            }
            var etag = prepare(metadata);
            try {
                // A link fails where the name is taken, even by a program that doesn't know our lock.
                Files.createLink(target, file);
            } catch (FileAlreadyExistsException _) {
                folder.sidecars().forget(name, null);
                return Optional.empty();
            } catch (FileSystemException | UnsupportedOperationException _) {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            }
            sync(directory);
            return Optional.of(etag);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    private String rename(Map<String, String> metadata) throws IOException {
        var etag = prepare(metadata);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(directory);
        folder.sidecars().forget(name, etag);
        return etag;
    }

    private String prepare(Map<String, String> metadata) throws IOException {
        if (Files.isDirectory(target)) {
            throw folder.error(
                    Kind.INVALID, "keep " + name, "it is a folder, as other blobs' names go on behind it", null);
        }
        channel.force(true);
        channel.close();
        // Longer than the last one by a microsecond at least: time and length are the ETag.
        var earliest = folder.facts(name)
                .map(there -> there.lastModified().plus(1, ChronoUnit.MICROS))
                .orElse(Instant.EPOCH);
        var now = folder.clock().instant().truncatedTo(ChronoUnit.MICROS);
        Files.setLastModifiedTime(file, FileTime.from(now.isBefore(earliest) ? earliest : now));
        var etag = Folder.etag(Files.readAttributes(file, BasicFileAttributes.class));
        folder.sidecars().write(name, etag, metadata);
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw folder.error(
                    Kind.INVALID, "keep " + name, "a part of its path is a blob, and can't be a folder as well", e);
        }
        return etag;
    }

    /// The name itself must outlive a power cut; file systems that can't do that do it by themselves or not at all.
    private static void sync(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Not on this file system.
        }
    }

    private void forgetOld(Path drafts) throws IOException {
        var oldest = folder.clock().instant().minus(KEPT);
        try (var files = Files.newDirectoryStream(drafts)) {
            for (var old : files) {
                forgetIfBefore(old, oldest);
            }
        }
    }

    private static void forgetIfBefore(Path draft, Instant oldest) throws IOException {
        try {
            if (Files.getLastModifiedTime(draft).toInstant().isBefore(oldest)) {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException _) {
            // Its writer has just finished with it.
        }
    }
}
