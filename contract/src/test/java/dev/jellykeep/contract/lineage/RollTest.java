package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.LINEAGE;
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
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// F12: a whole archive on top of the head is neither ignored nor taken for something else.
class RollTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Step DONE = new Step.Done();

    @Test
    void aWholeArchiveOnTopOfTheHeadBecomesTheHead() {
        assertThat(written(Transitions.roll(open(A0), List.of(A0, A1)))).isEqualTo(open(A0, A1));
        assertThat(written(Transitions.roll(sealed(A0), List.of(A0, A1)))).isEqualTo(sealed(A0, A1));
    }

    @Test
    void theFirstArchiveOfAllIsRolledForwardToo() {
        assertThat(written(Transitions.roll(open(), List.of(A0)))).isEqualTo(open(A0));
    }

    @Test
    void anArchiveWhoseNumberNothingCanFollowIsNotRolledForward() {
        assertThat(Transitions.roll(open(A0), List.of(A0, archive("a1", H, 7, Long.MAX_VALUE, A0))))
                .isEqualTo(DONE);
        assertThat(Transitions.roll(open(A0), List.of(A0, archive("a1", H, 7, 3, A0))))
                .isEqualTo(DONE);
    }

    @Test
    void nothingIsNumberedBeyondTheLastNumber() {
        assertThat(Listed.sequenceAfter(1)).isEqualTo(2);
        assertThat(Listed.sequenceAfter(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aListedArchiveIsNotListedAgain() {
        assertThat(Transitions.roll(open(A0, A1), List.of(A0, A1))).isEqualTo(DONE);
        assertThat(Transitions.roll(withForks(open(A0), standby(A0, A1)), List.of(A0, A1)))
                .isEqualTo(DONE);
    }

    @Test
    void aDoomedArchiveDoesNotComeBack() {
        assertThat(Transitions.roll(open(A0).withDeleting(List.of("a1")), List.of(A0, A1)))
                .isEqualTo(DONE);
    }

    @Test
    void whatAnotherHasClaimedOverIsOnlyAFork() {
        assertThat(Transitions.roll(document(8, N, false, A0), List.of(A0, A1))).isEqualTo(DONE);
    }

    @Test
    void archivesOfNonHoldersOtherParentsAndOtherLineagesAreLeftAlone() {
        Archived notHeld = archive("x", H, 0, 2, A0);
        Archived otherParent = archive("x", H, 7, 2, null);
        Archived otherLineage = new Archived("x", new UUID(1, 2), H, 7, 2, "a0", "sha", null);
        for (Archived wrong : List.of(notHeld, otherParent, otherLineage)) {
            assertThat(Transitions.roll(open(A0), List.of(A0, wrong)))
                    .as("%s", wrong)
                    .isEqualTo(DONE);
        }
        assertThat(Transitions.roll(document(0, null, true), List.of(archive("x", H, 0, 1, null))))
                .isEqualTo(DONE);
    }

    /// After a lost document two replicas may come to the same epoch.
    @Test
    void anArchiveOfTheSameEpochByAnotherThanTheHolderIsNotTakenForTheHolders() {
        assertThat(Transitions.roll(document(7, N, false, A0), List.of(A0, A1))).isEqualTo(DONE);
        assertThat(names(written(Transitions.roll(document(7, null, false, A0), List.of(A0, A1)))
                        .history()))
                .containsExactly("a0", "a1");
    }

    @Test
    void theNewestOfTwoIsTaken() {
        Archived later = archive("a2", H, 7, 2, A0);
        assertThat(names(written(Transitions.roll(open(A0), List.of(A1, later))).history()))
                .containsExactly("a0", "a2");
    }

    /// Without this the next replica restores the pin again and what was rolled forward is displaced.
    @Test
    void aPinThatWasRestoredIsConsumedOnTheHoldersBehalf() {
        LineageDocument document = withPin(open(A0), null, "a0");
        LineageDocument next = written(Transitions.roll(document, List.of(A0, withPin(A1, "token"))));
        assertThat(next.pin()).isEqualTo("token");
        assertThat(next.holds()).isEmpty();
    }

    @Test
    void anArchiveWithoutAPinLeavesPinAndHoldsAlone() {
        LineageDocument document = withPin(open(A0), "older", "a0");
        assertThat(written(Transitions.roll(document, List.of(A0, A1))))
                .isEqualTo(withPin(open(A0, A1), "older", "a0"));
        assertThat(LINEAGE).isEqualTo(document.lineage());
    }
}
