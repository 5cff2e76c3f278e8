package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.attack.store.StoreAttack.Made;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import dev.jellykeep.store.UploadOutcome;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A store whose every call is the attack's: what is asked of streams too.
final class AttackedStore extends ForwardingStore {
    private final StoreAttack attack;

    AttackedStore(BlobStore real, StoreAttack attack) {
        super(real);
        this.attack = attack;
    }

    private <T> T reads(String what, Supplier<T> call) {
        return attack.call(new Made(what, false, false), call, () -> {
            throw lost(what);
        });
    }

    private <T> T changes(String what, Supplier<T> call) {
        return attack.call(new Made(what, true, false), call, () -> {
            throw lost(what);
        });
    }

    private static StoreException lost(String what) {
        return StoreAttack.failure(StoreException.Kind.UNREACHABLE, new Made(what, true, false));
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        return reads("read " + name, () -> real.read(name));
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        return reads("look for a newer " + name, () -> real.readIfChanged(name, etag));
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        return reads("look at " + name, () -> real.facts(name));
    }

    /// Fails between two pages too, when a part has been seen.
    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        String what = "list " + namePrefix;
        boolean[] any = {false};
        boolean _ = reads(what, () -> true);
        real.list(namePrefix, blob -> {
            if (!any[0]) {
                any[0] = true;
                each.accept(blob);
                boolean _ = reads(what + " further", () -> true);
            } else {
                each.accept(blob);
            }
        });
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        return new FilterInputStream(reads("open " + name, () -> real.open(name, offset, length))) {
            @Override
            public int read(byte[] target, int from, int count) {
                return reads("read on in " + name, () -> now(() -> in.read(target, from, count)));
            }
        };
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        return changes("create " + name, () -> real.putIfAbsent(name, content, metadata));
    }

    @Override
    public SwapOutcome compareAndSwap(String name, byte[] content, String etag) {
        return attack.call(
                new Made("replace " + name, true, true),
                () -> real.compareAndSwap(name, content, etag),
                () -> new SwapOutcome.Unknown("attacked"));
    }

    @Override
    public String put(String name, byte[] content, Map<String, String> metadata) {
        return changes("write " + name, () -> real.put(name, content, metadata));
    }

    @Override
    public DeleteOutcome delete(String name) {
        return changes("delete " + name, () -> real.delete(name));
    }

    @Override
    public BlobUpload begin(String name, int blockBytes) {
        BlobUpload upload = reads("begin " + name, () -> real.begin(name, blockBytes));
        return new ForwardingUpload(upload) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                boolean _ = changes(
                        "stage " + name,
                        () -> now(() -> {
                            real.write(bytes, offset, length);
                            return true;
                        }));
            }

            @Override
            public UploadOutcome commit(Map<String, String> metadata) {
                return changes("commit " + name, () -> real.commit(metadata));
            }
        };
    }

    @Override
    public Instant serviceTime() {
        return reads("ask the time", real::serviceTime);
    }

    private interface Reading<T> {
        T make() throws IOException;
    }

    private static <T> T now(Reading<T> reading) {
        try {
            return reading.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
