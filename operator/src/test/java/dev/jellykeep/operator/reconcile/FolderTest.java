package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private static final Duration USUAL = Duration.ofMinutes(10);

    @TempDir
    Path blobs;

    @Test
    void aMomentsOutageIsNotBelievedForTenMinutes() {
        AtomicReference<Instant> now = new AtomicReference<>(Cluster.BEGIN);
        AtomicBoolean out = new AtomicBoolean(true);
        try (Folder folder = new Folder(
                Cluster.spec("").storage(),
                _ -> {
                    if (out.get()) {
                        throw new StoreException(StoreException.Kind.UNREACHABLE, "no answer", null);
                    }
                    return FolderStore.open(blobs);
                },
                now::get)) {
            assertThat(folder.look(USUAL)).isInstanceOf(ArchivesView.Hidden.class);
            out.set(false);
            assertThat(folder.look(USUAL)).as("at once").isInstanceOf(ArchivesView.Hidden.class);
            now.set(Cluster.BEGIN.plus(Duration.ofMinutes(1)));
            assertThat(folder.look(USUAL)).as("a minute later").isInstanceOf(ArchivesView.Seen.class);
        }
    }

    @Test
    void whatWasSeenIsNotListedAgainBeforeItsTime() {
        AtomicReference<Instant> now = new AtomicReference<>(Cluster.BEGIN);
        try (Folder folder = new Folder(Cluster.spec("").storage(), _ -> FolderStore.open(blobs), now::get)) {
            ArchivesView seen = folder.look(USUAL);
            now.set(Cluster.BEGIN.plus(USUAL).minusSeconds(1));
            assertThat(folder.look(USUAL)).isSameAs(seen);
            now.set(Cluster.BEGIN.plus(USUAL));
            assertThat(folder.look(USUAL)).isNotSameAs(seen);
        }
    }
}
