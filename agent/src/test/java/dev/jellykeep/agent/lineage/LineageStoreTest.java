package dev.jellykeep.agent.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.store.archives.Reading;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two writers of one document.
class LineageStoreTest {
    private static final LineageDocument FRESH = LineageDocument.fresh(new UUID(0, 1), null);

    @TempDir
    Path folder;

    @Test
    void whatAnotherWroteMeanwhileIsReadAgainAndKept() {
        FolderStore store = FolderStore.open(folder);
        LineageStore lineage = new LineageStore(store, Duration.ofMinutes(2));
        Reading.Present _ = lineage.create(FRESH);
        LineageStore.Outcome outcome = lineage.apply(at -> {
            if (at.document().app() == null) {
                String _ = store.put(BlobLayout.LINEAGE, LineageText.print(FRESH.withApp("/another")), Map.of());
            }
            return new Step.Write(at.document().withHolder("me", at.document().epoch() + 1));
        });
        assertThat(outcome).isInstanceOf(LineageStore.Outcome.Applied.class);
        assertThat(outcome.document().app()).as("what the other wrote").isEqualTo("/another");
        assertThat(lineage.require().document()).isEqualTo(outcome.document());
        assertThat(outcome.document().holder()).isEqualTo("me");
    }
}
