package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.asked;
import static dev.jellykeep.contract.lineage.Documents.blobs;
import static dev.jellykeep.contract.lineage.Documents.document;
import static dev.jellykeep.contract.lineage.Documents.fork;
import static dev.jellykeep.contract.lineage.Documents.names;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.sealed;
import static dev.jellykeep.contract.lineage.Documents.standby;
import static dev.jellykeep.contract.lineage.Documents.withForks;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromoteByHandTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);
    private static final Archived F2 = archive("f2", N, 0, 3, F1);
    private static final Archived SUSPECT = archive("suspect/s", H, 0, 3, A1);
    private static final Transitions.Lookup ALL = blobs(A0, A1, F1, F2, SUSPECT);
    private static final LineageDocument FORKED = withForks(open(A0, A1), standby(A0, F1, F2));

    private static Step promote(LineageDocument document, String name, Archived... suspect) {
        return Transitions.promoteByHand(
                document, H, name, suspect.length == 0 ? Optional.empty() : Optional.of(suspect[0]), ALL);
    }

    @Test
    void aForkBecomesTheLineAndTheOldLineAFork() {
        LineageDocument next = written(promote(asked(FORKED), "f2"));
        assertThat(next).isEqualTo(withForks(sealed(A0, F1, F2), fork(A0, Fork.Why.DISPLACED, A1)));
    }

    @Test
    void whatFollowsTheChosenArchiveStaysAFork() {
        LineageDocument next = written(promote(FORKED, "f1"));
        assertThat(names(next.history())).containsExactly("a0", "f1");
        assertThat(next.forks()).containsExactlyInAnyOrder(standby(F1, F2), fork(A0, Fork.Why.DISPLACED, A1));
    }

    @Test
    void aForkOfALineageWithoutAHeadBecomesItsHead() {
        LineageDocument next = written(promote(withForks(open(), fork(null, Fork.Why.REBUILT, F1)), "f1"));
        assertThat(next).isEqualTo(sealed(F1));
    }

    @Test
    void aSuspectOnTopOfTheHeadExtendsIt() {
        assertThat(written(promote(open(A0, A1), "suspect/s", SUSPECT))).isEqualTo(sealed(A0, A1, SUSPECT));
    }

    @Test
    void aSuspectOfAnotherLineDisplacesTheHead() {
        Archived suspect = archive("suspect/s", N, 0, 2, A0);
        assertThat(written(promote(open(A0, A1), "suspect/s", suspect)))
                .isEqualTo(withForks(sealed(A0, suspect), fork(A0, Fork.Why.DISPLACED, A1)));
    }

    @Test
    void aSuspectAfterAForkBringsThatForkWithIt() {
        Archived suspect = archive("suspect/s", N, 0, 4, F2);
        assertThat(written(promote(FORKED, "suspect/s", suspect)))
                .isEqualTo(withForks(sealed(A0, F1, F2, suspect), fork(A0, Fork.Why.DISPLACED, A1)));
    }

    @Test
    void aLostReplyIsSeenAsDone() {
        assertThat(promote(written(promote(FORKED, "f2")), "f2")).isEqualTo(new Step.Done());
    }

    /// The claim by hand left it open: otherwise the next restore waits for a replica that doesn't exist.
    @Test
    void theHeadItselfIsOnlySealed() {
        assertThat(written(promote(open(A0, A1), "a1"))).isEqualTo(sealed(A0, A1));
        assertThat(promote(sealed(A0, A1), "a1")).isEqualTo(new Step.Done());
        assertThat(promote(document(8, N, false, A0, A1), "a1")).isEqualTo(new Step.Done());
    }

    @Test
    void anArchiveOfTheHistoryIsNotListedTwice() {
        assertThat(promote(open(A0, A1), "a0", A0)).isInstanceOf(Step.Refused.class);
    }

    @Test
    void aDoomedArchiveIsRefusedSinceAPrunerMayDeleteItAnyTime() {
        assertThat(promote(open(A0, A1).withDeleting(List.of("suspect/s")), "suspect/s", SUSPECT))
                .isInstanceOf(Step.Refused.class);
    }

    @Test
    void onlyWhoHoldsMayAndOnlyWhatExists() {
        assertThat(promote(sealed(A0, A1), "suspect/s", SUSPECT)).isInstanceOf(Step.Refused.class);
        assertThat(promote(document(8, N, false, A0, A1), "suspect/s", SUSPECT)).isInstanceOf(Step.Refused.class);
        assertThat(promote(open(A0, A1), "nothing")).isInstanceOf(Step.Refused.class);
    }
}
