package dev.jellykeep.agent.attack.store;

import dev.jellykeep.store.BlobStore;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// A store that somebody changes right before the first download.
final class ChangingStore extends ForwardingStore {
    private final Runnable change;
    private final AtomicBoolean changed = new AtomicBoolean();

    ChangingStore(BlobStore real, Runnable change) {
        super(real);
        this.change = change;
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        if (changed.compareAndSet(false, true)) {
            change.run();
        }
        return super.open(name, offset, length);
    }
}
