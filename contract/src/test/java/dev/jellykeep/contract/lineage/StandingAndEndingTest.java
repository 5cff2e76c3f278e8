package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingAndEndingTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);

    @ParameterizedTest(name = "holder {0}, sealed {1}, stale {2}: {3}")
    @CsvSource({
        "me,    false, false, MINE",
        "me,    false, true,  MINE",
        "me,    true,  false, GONE",
        "other, false, false, OTHER",
        "other, false, true,  GONE",
        "other, true,  false, GONE",
        ",      false, false, GONE",
        ",      true,  false, GONE"
    })
    void nobodyClaimsWhileAnotherIsOpenAndAlive(
            @Nullable String holder, boolean sealed, boolean stale, Standing expected) {
        LineageDocument document = document(7, holder, sealed, A0);
        assertThat(Standing.of(document, "me", stale)).isEqualTo(expected);
        Ending ending = Ending.decide(document, "me", stale, null);
        assertThat(ending).isEqualTo(expected == Standing.OTHER ? new Ending.Loser() : new Ending.Winner(7));
    }

    /// F15.
    @Test
    void aLateReadingWinsOnlyInTheEpochThatWasLastKnown() {
        LineageDocument document = document(7, H, false, A0);
        assertThat(Ending.decide(document, H, false, 7L)).isEqualTo(new Ending.Winner(7));
        assertThat(Ending.decide(document(7, null, false, A0), H, false, 7L)).isEqualTo(new Ending.Winner(7));
        assertThat(Ending.decide(document(7, null, false, A0), H, false, 6L)).isEqualTo(new Ending.Loser());
        assertThat(Ending.decide(document(7, N, false, A0), H, true, 6L)).isEqualTo(new Ending.Loser());
        assertThat(Ending.decide(document(8, N, true, A0), H, false, 7L)).isEqualTo(new Ending.Loser());
        assertThat(Ending.decide(document(7, N, false, A0), H, false, 7L)).isEqualTo(new Ending.Loser());
    }

    /// F15.
    @Test
    void aFirstReadingThatComesLateWinsOnlyOverWhatIsNotNewerThanItsBase() {
        Archived own = archive("own", H, 7, 2, A0);
        Archived others = archive("others", N, 8, 2, A0);
        assertThat(Ending.decideByBase(document(8, null, true, A0), H, false, A0.name()))
                .as("nobody has saved anything since")
                .isEqualTo(new Ending.Winner(8));
        assertThat(Ending.decideByBase(document(8, N, true, A0, others), H, false, A0.name()))
                .isEqualTo(new Ending.Loser());
        assertThat(Ending.decideByBase(document(8, N, false, A0), H, false, A0.name()))
                .isEqualTo(new Ending.Loser());
        assertThat(Ending.decideByBase(document(7, H, true, A0, own), H, false, A0.name()))
                .as("saved by itself, before it was started again")
                .isEqualTo(new Ending.Winner(7));
        assertThat(Ending.decideByBase(document(7, null, true), H, false, null)).isEqualTo(new Ending.Winner(7));
        assertThat(Ending.decideByBase(document(7, null, true, A0), H, false, null))
                .as("it began empty, and there is a head")
                .isEqualTo(new Ending.Loser());
    }

    /// It may have claimed in the turn that the signal came in, after its last reading.
    @Test
    void whoHoldsTheLineageAtALateReadingHasLostItToNobody() {
        assertThat(Ending.decide(document(8, H, false, A0), H, false, 7L)).isEqualTo(new Ending.Winner(8));
    }

    /// F15.
    @Test
    void aWinnerLosesToALaterClaimEvenIfThatReplicaHasEnded() {
        Ending.Winner winner = new Ending.Winner(7);
        assertThat(Ending.lostSince(winner, document(8, N, false, A0), H)).isTrue();
        assertThat(Ending.lostSince(winner, document(8, N, true, A0), H)).isTrue();
    }

    @Test
    void aWinnerThatClaimsDoesNotLoseToItself() {
        Ending.Winner winner = new Ending.Winner(7);
        assertThat(Ending.lostSince(winner, document(7, H, false, A0), H)).isFalse();
        assertThat(Ending.lostSince(winner, document(8, H, false, A0), H)).isFalse();
        assertThat(Ending.lostSince(winner, document(8, H, true, A0), H)).isFalse();
    }

    /// Or nobody would save the last data of an overlap: the one that is stale is gone.
    @Test
    void aWinnerOverASilentHolderDoesNotLoseToItForNothing() {
        LineageDocument document = document(7, N, false, A0);
        assertThat(Ending.decide(document, H, true, null)).isEqualTo(new Ending.Winner(7));
        assertThat(Ending.lostSince(new Ending.Winner(7), document, H)).isFalse();
    }

    /// A rebuilt document has a higher epoch and no holder. The last one alive must still save its data
    /// into the head.
    @Test
    void aWinnerDoesNotLoseToADocumentThatWasRebuiltMeanwhile() {
        assertThat(Ending.lostSince(new Ending.Winner(7), document(8, null, true, A0), H))
                .isFalse();
    }

    @Test
    void aWinnerLosesToAnArchiveOfALaterEpochWhoeverHoldsNow() {
        Archived later = archive("b", N, 8, 2, A0);
        Ending.Winner winner = new Ending.Winner(7);
        assertThat(Ending.lostSince(winner, document(9, null, true, A0, later), H))
                .isTrue();
        assertThat(Ending.lostSince(winner, document(8, null, false, A0, later), H))
                .isTrue();
    }
}
