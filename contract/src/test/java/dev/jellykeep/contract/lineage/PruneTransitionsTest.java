package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.document;
import static dev.jellykeep.contract.lineage.Documents.names;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.sealed;
import static dev.jellykeep.contract.lineage.Documents.standby;
import static dev.jellykeep.contract.lineage.Documents.withForks;
import static dev.jellykeep.contract.lineage.Documents.withPin;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// F11: CAS fences the document, not blobs, so names are doomed first.
class PruneTransitionsTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived A2 = archive("a2", H, 7, 3, A1);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);

    @Test
    void namesMoveFromHistoryToTheDoomList() {
        LineageDocument next = written(Transitions.doom(open(A0, A1, A2), H, List.of("a1", "a0"), 1));
        assertThat(names(next.history())).containsExactly("a2");
        assertThat(next.deleting()).containsExactly("a0", "a1");
    }

    @Test
    void aStaleHolderCanNotPrune() {
        for (LineageDocument document :
                List.of(document(8, N, false, A0, A1), sealed(A0, A1), document(7, null, false, A0, A1))) {
            assertThat(Transitions.doom(document, H, List.of("a0"), 1))
                    .as("%s", document)
                    .isInstanceOf(Step.Refused.class);
        }
    }

    @Test
    void theHeadIsNeverDoomed() {
        assertThat(Transitions.doom(open(A0, A1), H, List.of("a1"), 0)).isEqualTo(new Step.Done());
        assertThat(names(written(Transitions.doom(open(A0, A1), H, List.of("a0", "a1"), 0))
                        .history()))
                .containsExactly("a1");
    }

    @Test
    void whatARunningRestoreHoldsIsNotDoomed() {
        assertThat(Transitions.doom(withPin(open(A0, A1), null, "a0"), H, List.of("a0"), 1))
                .isEqualTo(new Step.Done());
    }

    @Test
    void forksAndUnlistedArchivesAreNotDoomed() {
        assertThat(Transitions.doom(withForks(open(A0, A1), standby(A0, F1)), H, List.of("f1", "stray"), 1))
                .isEqualTo(new Step.Done());
    }

    @Test
    void theMinimumIsKept() {
        assertThat(Transitions.doom(open(A0, A1, A2), H, List.of("a0", "a1"), 2))
                .isInstanceOf(Step.Refused.class);
        assertThat(names(written(Transitions.doom(open(A0, A1, A2), H, List.of("a0"), 2))
                        .history()))
                .containsExactly("a1", "a2");
    }

    @Test
    void aLostReplyDoomsNothingTwice() {
        LineageDocument after = written(Transitions.doom(open(A0, A1), H, List.of("a0"), 1));
        assertThat(Transitions.doom(after, H, List.of("a0"), 1)).isEqualTo(new Step.Done());
        assertThat(after.deleting()).containsExactly("a0");
    }

    @Test
    void earlierDoomIsKept() {
        LineageDocument next = written(Transitions.doom(open(A1, A2).withDeleting(List.of("a0")), H, List.of("a1"), 1));
        assertThat(next.deleting()).containsExactly("a0", "a1");
    }

    @Test
    void onlyNamesWhoseBlobsAreGoneLeaveTheDoomList() {
        LineageDocument document = open(A2).withDeleting(List.of("a0", "a1"));
        assertThat(written(Transitions.deleted(document, Set.of("a0", "other"))).deleting())
                .containsExactly("a1");
        assertThat(Transitions.deleted(document, Set.of("other"))).isEqualTo(new Step.Done());
        assertThat(Transitions.deleted(document, Set.of())).isEqualTo(new Step.Done());
    }
}
