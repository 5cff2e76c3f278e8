package dev.jellykeep.agent.attack.store;

import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import dev.jellykeep.store.UploadOutcome;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One agent's view of a store that others use at the same time. Its clock stands still, so that all name their
/// archives alike, and whoever holds the lineage looks as if it were gone for long, so that all take it.
final class SharedStore extends ForwardingStore {
    private static final Duration LONG = Duration.ofDays(1);

    private final int agent;
    private final Turns turns;
    private final Instant now;
    private final Consumer<String> names;

    /// @param names where an archive is committed, and what came of it
    SharedStore(BlobStore real, int agent, Turns turns, Instant now, Consumer<String> names) {
        super(real);
        this.agent = agent;
        this.turns = turns;
        this.now = now;
        this.names = names;
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        return turns.call(
                agent,
                "read " + name,
                () -> real.read(name)
                        .map(blob -> new StoredBlob(
                                blob.content(),
                                blob.etag(),
                                blob.lastModified().plus(LONG),
                                blob.lastModified(),
                                blob.metadata())));
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        return turns.call(agent, "look for a newer " + name, () -> real.readIfChanged(name, etag));
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        return turns.call(agent, "look at " + name, () -> real.facts(name));
    }

    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        boolean _ = turns.call(agent, "list " + namePrefix, () -> {
            real.list(namePrefix, each);
            return true;
        });
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        return turns.call(agent, "open " + name, () -> real.open(name, offset, length));
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        return turns.call(agent, "create " + name, () -> real.putIfAbsent(name, content, metadata));
    }

    @Override
    public SwapOutcome compareAndSwap(String name, byte[] content, String etag) {
        return turns.call(agent, "replace " + name, () -> real.compareAndSwap(name, content, etag));
    }

    @Override
    public String put(String name, byte[] content, Map<String, String> metadata) {
        return turns.call(agent, "write " + name, () -> real.put(name, content, metadata));
    }

    @Override
    public DeleteOutcome delete(String name) {
        return turns.call(agent, "delete " + name, () -> real.delete(name));
    }

    @Override
    public BlobUpload begin(String name, int blockBytes) {
        BlobUpload upload = turns.call(agent, "begin " + name, () -> real.begin(name, blockBytes));
        return new ForwardingUpload(upload) {
            @Override
            public UploadOutcome commit(Map<String, String> metadata) {
                return turns.call(agent, "commit " + name, () -> {
                    UploadOutcome outcome = real.commit(metadata);
                    names.accept(name + (outcome instanceof UploadOutcome.Committed ? " won" : " lost"));
                    return outcome;
                });
            }
        };
    }

    @Override
    public Instant serviceTime() {
        return turns.call(agent, "ask the time", () -> now);
    }
}
