package dev.jellykeep.store.folder;

import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobRules;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A folder on a disk: each blob is a file of the same name, so that `ls` and `tar` show and open what is kept.
///
/// What files can't carry (metadata) and what isn't finished lies in `.jellykeep-store` beside them. A file that
/// somebody put there by hand is a blob without metadata. Writers in several processes are safe with each other; the
/// file's time is made to grow with each write, so that time and length are an ETag.
public final class FolderStore implements BlobStore {
    private final Folder folder;
    private final InstantSource clock;

    private FolderStore(Folder folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Opens a folder, which must exist; one that can only be read serves for reading.
    ///
    /// @throws StoreException NO_CONTAINER if it is missing, INVALID if it is no folder, FORBIDDEN if unreadable
    public static FolderStore open(Path root) {
        return open(root, InstantSource.system());
    }

    /// Like {@link #open(Path)}, with the clock that stamps what is written.
    public static FolderStore open(Path root, InstantSource clock) {
        var absolute = root.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new StoreException(
                    Kind.NO_CONTAINER,
                    "The store's folder " + absolute + " doesn't exist: make it with mkdir -p, or correct the path.",
                    null);
        }
        if (!Files.isDirectory(absolute)) {
            throw new StoreException(
                    Kind.INVALID, absolute + " is not a folder: give the store a folder to keep its blobs in.", null);
        }
        if (!Files.isReadable(absolute) || !Files.isExecutable(absolute)) {
            throw new StoreException(
                    Kind.FORBIDDEN,
                    "The store's folder " + absolute + " can't be read by this user: run chmod u+rwx on it, or use"
                            + " another folder.",
                    null);
        }
        return new FolderStore(new Folder(absolute, clock), clock);
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        return folder.trying("read " + name, () -> {
            var file = folder.file(name);
            try {
                return Optional.of(whole(name, file));
            } catch (NoSuchFileException _) {
                return Optional.empty();
            }
        });
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        var now = facts(name);
        if (now.isEmpty()) {
            return new ConditionalRead.Absent();
        }
        if (now.get().etag().equals(etag)) {
            return new ConditionalRead.Unchanged(clock.instant());
        }
        return read(name).<ConditionalRead>map(ConditionalRead.Changed::new).orElseGet(ConditionalRead.Absent::new);
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        return folder.trying("look at " + name, () -> folder.facts(name));
    }

    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        var names = folder.trying("list blobs", () -> folder.names(namePrefix));
        names.forEach(name -> facts(name).ifPresent(each));
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw folder.error(Kind.INVALID, "read " + name, "offset and length can't be negative", null);
        }
        return folder.trying("read " + name, () -> {
            try {
                // An open file stays what it was: replacing renames another one onto its name.
                var channel = FileChannel.open(folder.file(name), StandardOpenOption.READ);
                channel.position(Math.min(offset, channel.size()));
                return new Bounded(Channels.newInputStream(channel), length);
            } catch (NoSuchFileException e) {
                throw folder.error(Kind.NOT_FOUND, "read " + name, "there is no such blob", e);
            }
        });
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        BlobRules.metadata(metadata);
        return folder.trying("create " + name, () -> {
            try (var draft = folder.draft(name)) {
                draft.write(content);
                return draft.publishIfAbsent(metadata)
                        .<PutOutcome>map(PutOutcome.Created::new)
                        .orElseGet(PutOutcome.AlreadyExists::new);
            }
        });
    }

    @Override
    public SwapOutcome compareAndSwap(String name, byte[] content, String etag) {
        return folder.trying("replace " + name, () -> {
            try (var draft = folder.draft(name)) {
                draft.write(content);
                return draft.publishOver(etag)
                        .<SwapOutcome>map(SwapOutcome.Swapped::new)
                        .orElseGet(SwapOutcome.Conflict::new);
            }
        });
    }

    @Override
    public String put(String name, byte[] content, Map<String, String> metadata) {
        BlobRules.metadata(metadata);
        return folder.trying("write " + name, () -> {
            try (var draft = folder.draft(name)) {
                draft.write(content);
                return draft.publish(metadata);
            }
        });
    }

    @Override
    public DeleteOutcome delete(String name) {
        return folder.trying(
                "delete " + name, () -> folder.delete(name) ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT);
    }

    @Override
    public BlobUpload begin(String name, int blockBytes) {
        return folder.trying("upload " + name, () -> new FolderUpload(name, folder, folder.draft(name)));
    }

    @Override
    public Instant serviceTime() {
        return clock.instant();
    }

    @Override
    public String describe() {
        return folder.root().toString();
    }

    @Override
    public void close() {
        // Nothing is held open between calls.
    }

    private StoredBlob whole(String name, Path file) throws IOException {
        // The file may be replaced between the two looks: then the next pair decides.
        for (; ; ) {
            var before = folder.facts(name).orElseThrow(() -> new NoSuchFileException(file.toString()));
            byte[] content;
            try (var in = Files.newInputStream(file)) {
                content = in.readNBytes(SMALL + 1);
            }
            if (content.length > SMALL) {
                return StoredBlob.oversized(before.etag(), clock.instant(), before.lastModified(), before.metadata());
            }
            var after = folder.facts(name).orElseThrow(() -> new NoSuchFileException(file.toString()));
            if (before.etag().equals(after.etag())) {
                return new StoredBlob(content, after.etag(), clock.instant(), after.lastModified(), after.metadata());
            }
        }
    }
}
