package dev.jellykeep.agent.attack.store;

import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A store that passes all on to another one; what extends it does something else at some calls.
class ForwardingStore implements BlobStore {
    final BlobStore real;

    ForwardingStore(BlobStore real) {
        this.real = real;
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        return real.read(name);
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        return real.readIfChanged(name, etag);
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        return real.facts(name);
    }

    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        real.list(namePrefix, each);
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        return real.open(name, offset, length);
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        return real.putIfAbsent(name, content, metadata);
    }

    @Override
    public SwapOutcome compareAndSwap(String name, byte[] content, String etag) {
        return real.compareAndSwap(name, content, etag);
    }

    @Override
    public String put(String name, byte[] content, Map<String, String> metadata) {
        return real.put(name, content, metadata);
    }

    @Override
    public DeleteOutcome delete(String name) {
        return real.delete(name);
    }

    @Override
    public BlobUpload begin(String name, int blockBytes) {
        return real.begin(name, blockBytes);
    }

    @Override
    public Instant serviceTime() {
        return real.serviceTime();
    }

    @Override
    public Optional<Instant> credentialExpiry() {
        return real.credentialExpiry();
    }

    @Override
    public String describe() {
        return real.describe();
    }

    @Override
    public void close() {
        real.close();
    }
}
