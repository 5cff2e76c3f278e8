package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.names;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.standby;
import static dev.jellykeep.contract.lineage.Documents.withForks;
import static dev.jellykeep.contract.lineage.Documents.withPin;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A fork's archives are the only copy of what they hold: they go by a person's word alone, and only as they were seen.
class DiscardTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);
    private static final Archived F2 = archive("f2", N, 0, 3, F1);

    @Test
    void theWholeForkMovesToTheDoomListAndTheLineStays() {
        LineageDocument next =
                written(Transitions.discard(withForks(open(A0, A1), standby(A0, F1, F2)), List.of("f1", "f2")));
        assertThat(next.forks()).isEmpty();
        assertThat(next.deleting()).containsExactly("f1", "f2");
        assertThat(names(next.history())).containsExactly("a0", "a1");
        assertThat(Transitions.discard(next, List.of("f1", "f2"))).isEqualTo(new Step.Done());
    }

    @Test
    void aForkThatGrewSinceSomebodyLookedAtItStays() {
        LineageDocument grown = withForks(open(A0, A1), standby(A0, F1, F2));
        assertThat(Transitions.discard(grown, List.of("f1"))).isInstanceOf(Step.Refused.class);
    }

    @Test
    void whatWasPromotedMeanwhileStays() {
        assertThat(Transitions.discard(open(A0, A1), List.of("a1"))).isInstanceOf(Step.Refused.class);
        assertThat(Transitions.discard(open(A0, F1, F2), List.of("f1", "f2"))).isInstanceOf(Step.Refused.class);
    }

    @Test
    void whatARunningRestoreHoldsStays() {
        LineageDocument held = withPin(withForks(open(A0), standby(A0, F1)), null, "f1");
        assertThat(Transitions.discard(held, List.of("f1"))).isInstanceOf(Step.Refused.class);
    }

    /// A name that stands there twice would outlive its blob, and doom the next archive of that name.
    @Test
    void whatIsDoomedAlreadyIsNotDoomedAgain() {
        LineageDocument half = withForks(open(A0), standby(A0, F1, F2)).withDeleting(List.of("f1"));
        assertThat(written(Transitions.discard(half, List.of("f1", "f2"))).deleting())
                .containsExactly("f1", "f2");
    }

    @Test
    void anArchiveThatTheDocumentDoesNotNameIsDoomedTooSoThatNobodyPromotesItMeanwhile() {
        LineageDocument next = written(Transitions.discard(open(A0), List.of("suspect/s1")));
        assertThat(next.deleting()).containsExactly("suspect/s1");
        assertThat(Transitions.promoteByHand(
                        next, H, "suspect/s1", Optional.of(archive("suspect/s1", H, 0, 2, A0)), Documents.blobs()))
                .isInstanceOf(Step.Refused.class);
    }
}
