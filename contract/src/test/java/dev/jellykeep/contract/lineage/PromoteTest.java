package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.asked;
import static dev.jellykeep.contract.lineage.Documents.blobs;
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
import org.junit.jupiter.api.Test;

class PromoteTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived A2 = archive("a2", H, 7, 3, A1);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);
    private static final Archived F2 = archive("f2", N, 0, 3, F1);
    private static final Transitions.Lookup ALL = blobs(A0, A1, A2, F1, F2);

    @Test
    void extendsTheHead() {
        LineageDocument next = written(Transitions.promote(asked(open(A0)), H, A1, "a0", false, null, ALL));

        assertThat(names(next.history())).containsExactly("a0", "a1");
        assertThat(next).isEqualTo(open(A0, A1));
    }

    @Test
    void theFirstArchiveOfAllNeedsNoParent() {
        assertThat(written(Transitions.promote(open(), H, A0, null, false, null, ALL)))
                .isEqualTo(open(A0));
    }

    /// F1.
    @Test
    void aLostReplyIsSeenAsDoneNotAsSuperseded() {
        LineageDocument after = written(Transitions.promote(open(A0), H, A1, "a0", false, null, ALL));
        assertThat(Transitions.promote(after, H, A1, "a0", false, null, ALL)).isEqualTo(new Step.Done());
        assertThat(Transitions.fork(after, H, A1, "a0", ALL)).isEqualTo(new Step.Done());
    }

    @Test
    void aLostReplyIsSeenAsDoneEvenAfterAnotherHasClaimedAndExtendedTheLine() {
        Archived b = archive("b", N, 8, 3, A1);
        assertThat(Transitions.promote(document(8, N, false, A0, A1, b), H, A1, "a0", false, null, ALL))
                .isEqualTo(new Step.Done());
    }

    /// F2.
    @Test
    void aHandOffThatWasAskedForInBetweenDoesNotSupersedeTheHolder() {
        assertThat(written(Transitions.promote(asked(open(A0)), H, A1, "a0", false, null, ALL))
                        .asked())
                .isFalse();
    }

    @Test
    void whoDoesNotHoldNeverMovesTheHead() {
        for (LineageDocument document : List.of(
                document(7, N, false, A0), sealed(A0), document(7, null, false, A0), document(7, null, true, A0))) {
            assertThat(Transitions.promote(document, H, A1, "a0", false, null, ALL))
                    .as("%s", document)
                    .isInstanceOf(Step.Refused.class);
        }
    }

    @Test
    void anArchiveOfAnotherEpochNeverBecomesTheHead() {
        for (long epoch : List.of(0L, 6L, 8L)) {
            Archived foreign = archive("x", H, epoch, 2, A0);
            assertThat(Transitions.promote(open(A0), H, foreign, "a0", false, null, ALL))
                    .as("epoch %d", epoch)
                    .isInstanceOf(Step.Refused.class);
        }
    }

    @Test
    void sealsOnlyWhenToldTo() {
        assertThat(written(Transitions.promote(open(A0), H, A1, "a0", true, null, ALL)))
                .isEqualTo(sealed(A0, A1));
        assertThat(written(Transitions.promote(open(A0), H, A1, "a0", false, null, ALL))
                        .sealed())
                .isFalse();
    }

    @Test
    void anEarlierRefusalIsForgottenOnceAnArchivePasses() {
        LineageDocument refused = open(A0).withState(false, new Refusal("SHRINK", null));
        assertThat(written(Transitions.promote(refused, H, A1, "a0", false, null, ALL))
                        .refused())
                .isNull();
    }

    @Test
    void anotherLineIsDisplacedAsAWholeSliceAndNothingIsLost() {
        Archived b = archive("b", N, 8, 2, A0);
        LineageDocument next =
                written(Transitions.promote(document(8, N, false, A0, A1, A2), N, b, "a0", false, null, ALL));

        assertThat(names(next.history())).containsExactly("a0", "b");
        assertThat(next.forks())
                .containsExactly(new Fork("a0", H, Fork.Why.DISPLACED, List.of(A1.listed(), A2.listed())));
    }

    /// F14, and what the standby saved while it stood by.
    @Test
    void theOwnForkIsTakenIntoTheLineWithItsArchive() {
        Archived b = archive("b", N, 8, 4, F2);
        LineageDocument document = withForks(document(8, N, false, A0, A1), standby(A0, F1, F2));

        LineageDocument next = written(Transitions.promote(document, N, b, "f2", false, null, ALL));

        assertThat(names(next.history())).containsExactly("a0", "f1", "f2", "b");
        assertThat(next.forks()).containsExactly(new Fork("a0", H, Fork.Why.DISPLACED, List.of(A1.listed())));
    }

    @Test
    void otherForksStayWhatTheyAre() {
        Archived b = archive("b", N, 8, 2, A0);
        Archived other = archive("o", "third", 0, 2, A0);
        LineageDocument document = withForks(document(8, N, false, A0), standby(A0, other));
        assertThat(written(Transitions.promote(document, N, b, "a0", false, null, ALL))
                        .forks())
                .isEqualTo(document.forks());
    }

    @Test
    void aTipThatWasPrunedIsFollowedToItsAncestors() {
        Archived b = archive("b", N, 8, 3, A1);
        LineageDocument next =
                written(Transitions.promote(document(8, N, false, A0, A2), N, b, "a1", false, null, blobs(A0, A1, A2)));
        assertThat(names(next.history())).containsExactly("a0", "b");
        assertThat(names(next.forks().getFirst().archives())).containsExactly("a2");
    }

    @Test
    void whereTheWalkBreaksTheWholeOldHistoryIsKeptAsAFork() {
        Archived b = archive("b", N, 8, 3, A1);
        LineageDocument next =
                written(Transitions.promote(document(8, N, false, A0, A2), N, b, "a1", false, null, blobs(A0, A2)));
        assertThat(names(next.history())).containsExactly("b");
        assertThat(next.forks())
                .containsExactly(new Fork(null, H, Fork.Why.DISPLACED, List.of(A0.listed(), A2.listed())));
    }

    @Test
    void aReplicaThatStartedEmptySharesNothing() {
        Archived b = archive("b", N, 8, 1, null);
        LineageDocument next = written(Transitions.promote(document(8, N, false, A0), N, b, null, false, null, ALL));
        assertThat(names(next.history())).containsExactly("b");
        assertThat(next.forks().getFirst().base()).isNull();
    }

    @Test
    void anOwnerThatCanNotBeKnownIsCalledUnknown() {
        Archived b = archive("b", N, 8, 1, null);
        assertThat(written(Transitions.promote(document(8, N, false, A0), N, b, null, false, null, blobs()))
                        .forks()
                        .getFirst()
                        .owner())
                .isEqualTo("unknown");
    }

    /// F7.
    @Test
    void aPinIsConsumedByTheFirstPromotionOfWhoRestoredIt() {
        Archived b = archive("b", N, 8, 2, A0);
        LineageDocument document = withPin(document(8, N, false, A0, A1), "older", "a0");

        LineageDocument next = written(Transitions.promote(document, N, b, "a0", false, "token", ALL));

        assertThat(next.pin()).isEqualTo("token");
        assertThat(next.holds()).isEmpty();
    }

    @Test
    void whoRestoredNoPinLeavesPinAndHoldsAlone() {
        LineageDocument document = withPin(open(A0), "older", "a0");
        LineageDocument next = written(Transitions.promote(document, H, A1, "a0", false, null, ALL));
        assertThat(next.pin()).isEqualTo("older");
        assertThat(next.holds()).containsExactly("a0");
    }
}
