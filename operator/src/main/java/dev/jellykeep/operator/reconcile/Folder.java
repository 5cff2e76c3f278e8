package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesObserver;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// One policy's folder in Blob, opened once and looked at no more often than needed.
final class Folder implements AutoCloseable {
    /// What could not be seen may be seen a moment later.
    private static final Duration BLIND = Duration.ofMinutes(1);

    private final StorageSpec storage;
    private final Places places;
    private final InstantSource clock;
    private @Nullable Opened opened;
    private @Nullable ArchivesView last;
    private @Nullable Instant lookedAt;

    Folder(StorageSpec storage, Places places, InstantSource clock) {
        this.storage = storage;
        this.places = places;
        this.clock = clock;
    }

    private record Opened(BlobStore store, ArchivesObserver observer) {}

    boolean isOf(StorageSpec other) {
        return storage.equals(other);
    }

    /// @param freshness how old the last look may be; one that saw nothing is never trusted for long
    ArchivesView look(Duration freshness) {
        ArchivesView known = last;
        Instant at = lookedAt;
        Instant now = clock.instant();
        Duration most = known instanceof ArchivesView.Hidden && freshness.compareTo(BLIND) > 0 ? BLIND : freshness;
        if (known == null || at == null || Duration.between(at, now).compareTo(most) >= 0) {
            known = look();
            last = known;
            lookedAt = now;
        }
        return known;
    }

    private ArchivesView look() {
        try {
            return open().observer().look();
        } catch (StoreException e) {
            return new ArchivesView.Hidden("StorageRefused", String.valueOf(e.getMessage()));
        }
    }

    private Opened open() {
        Opened known = opened;
        if (known == null) {
            BlobStore store = places.open(storage);
            known = new Opened(store, new ArchivesObserver(store, clock));
            opened = known;
        }
        return known;
    }

    /// Writes, and looks anew next time.
    ///
    /// @throws StoreException if it can't
    void ask(java.util.function.Consumer<AgentRequests> what) {
        what.accept(new AgentRequests(open().store()));
        last = null;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.store().close();
        }
    }
}
