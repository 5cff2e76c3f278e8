package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
    private static final LineageDocument FRESH = LineageDocument.fresh(new UUID(0, 1), null);
    private static final Accept WISH = new Accept("suspect/backup-20260131120000.tar.gz");

    @TempDir
    Path folder;

    /// As when the store was out of reach at that moment, or another request came first.
    @Test
    void aWishThatWasSeenAndNotActedOnIsForgotten() {
        Requests requests = new Requests(FolderStore.open(folder));
        requests.askAccept(WISH);
        for (int i = 0; i < 3; i++) {
            assertThat(requests.openBackups(FRESH, List.of())).isEmpty();
            assertThat(requests.openAccept(List.of())).contains(WISH);
        }
        List<ReplicaReport.Answer> answers =
                List.of(new ReplicaReport.Answer(WISH.request(), Acceptance.PROMOTED, WISH.name(), Instant.EPOCH));
        assertThat(requests.openAccept(answers)).isEmpty();
        assertThat(requests.openAccept(List.of())).as("once and for all").isEmpty();
    }
}
