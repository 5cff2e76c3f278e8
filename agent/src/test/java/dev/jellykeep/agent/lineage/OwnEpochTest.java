package dev.jellykeep.agent.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.backup.Saved;
import dev.jellykeep.agent.backup.Saver;
import dev.jellykeep.agent.fixture.QuickBackups;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While a snapshot was uploaded another replica held the lineage, saved its users' writes and died, and this replica
/// holds it anew: the snapshot knows nothing of those writes.
class OwnEpochTest {
    private static final UUID LINEAGE = UUID.randomUUID();
    private static final UUID ME = UUID.randomUUID();
    private static final String BASE = "backup-20260101000000.tar.gz";
    private static final String OTHERS = "backup-20260101000100.tar.gz";

    @TempDir
    Path folder;

    @Test
    void anArchiveOfAnEarlierEpochDoesNotDisplaceWhatWasSavedMeanwhile() {
        BlobStore store = FolderStore.open(folder);
        LineageDocument base = LineageDocument.fresh(LINEAGE, null)
                .withLine(List.of(new Listed(BASE, "sha", 1, 1)), List.of())
                .withHolder(ME.toString(), 1);
        put(store, base);
        Runnable another = () -> put(
                store,
                base.withLine(List.of(new Listed(BASE, "sha", 1, 1), new Listed(OTHERS, "sha", 2, 2)), List.of())
                        .withHolder(ME.toString(), 3));
        ReplicaIdentity identity = new ReplicaIdentity(ME, LINEAGE, BASE, null, true);
        LineageStore lineage = new LineageStore(store, Duration.ofMinutes(2));
        Saver saver = new Saver(store, lineage, new QuickBackups(store, another), identity, true, (_, _, _) -> {});

        assertThat(saver.save(ArchiveKind.SCHEDULED, Set.of(), false, () -> false))
                .isInstanceOf(Saved.Forked.class);
        assertThat(lineage.require().document().head().orElseThrow().name()).isEqualTo(OTHERS);
    }

    private static void put(BlobStore store, LineageDocument document) {
        String _ = store.put(BlobLayout.LINEAGE, LineageText.print(document), Map.of());
    }
}
