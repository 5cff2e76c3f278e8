package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.asked;
import static dev.jellykeep.contract.lineage.Documents.document;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.sealed;
import static dev.jellykeep.contract.lineage.Documents.standby;
import static dev.jellykeep.contract.lineage.Documents.withForks;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimAndSealTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);
    private static final Step DONE = new Step.Done();

    /// F8: a replica without news becomes holder too.
    @Test
    void aClaimNeedsNoArchiveAndNeverMovesTheHead() {
        LineageDocument next = written(Transitions.claim(sealed(A0), N, false, true));
        assertThat(next).isEqualTo(document(8, N, false, A0));
        assertThat(written(Transitions.claim(sealed(), N, false, true))).isEqualTo(document(8, N, false));
    }

    /// F4.
    @Test
    void nobodyClaimsWhileTheHolderIsOpenAndAlive() {
        assertThat(Transitions.claim(open(A0), N, false, true)).isInstanceOf(Step.Refused.class);
        assertThat(written(Transitions.claim(open(A0), N, true, true)).holder()).isEqualTo(N);
    }

    /// F3.
    @Test
    void aReplicaWhoseAppWasNeverHealthyDoesNotClaim() {
        assertThat(Transitions.claim(sealed(A0), N, false, false)).isInstanceOf(Step.Refused.class);
    }

    /// F6.
    @Test
    void aLostReplyDoesNotRaiseTheEpochAgain() {
        assertThat(Transitions.claim(document(8, N, false, A0), N, false, true)).isEqualTo(DONE);
    }

    @Test
    void whoSealedClaimsAgainWithANewEpoch() {
        assertThat(written(Transitions.claim(sealed(A0), H, false, true))).isEqualTo(document(8, H, false, A0));
    }

    @Test
    void aHandOffThatIsWaitedForSurvivesAClaim() {
        assertThat(written(Transitions.claim(asked(sealed(A0)), N, false, true)).asked())
                .isTrue();
    }

    @Test
    void sealingSaysThatNothingIsMissing() {
        assertThat(written(Transitions.seal(asked(open(A0)), H, null))).isEqualTo(sealed(A0));
        assertThat(Transitions.seal(sealed(A0), H, null)).isEqualTo(DONE);
    }

    @Test
    void sealingNamesTheSnapshotThatAGuardRefused() {
        Refusal refusal = new Refusal("SHRINK", "suspect/s");
        assertThat(written(Transitions.seal(open(A0), H, refusal)).refused()).isEqualTo(refusal);
    }

    @Test
    void nobodySealsForAnother() {
        assertThat(Transitions.seal(document(8, N, false, A0), H, null)).isEqualTo(DONE);
        assertThat(Transitions.letGo(document(8, N, false, A0), H)).isEqualTo(DONE);
    }

    /// F5: what may still be written to isn't called sealed, and nobody waits for who has gone.
    @Test
    void whoCanNotSayThatAllIsSavedLeavesItOpenWithoutAHolder() {
        LineageDocument next = written(Transitions.letGo(asked(open(A0)), H));
        assertThat(next).isEqualTo(document(7, null, false, A0));
        assertThat(Standing.of(next, N, false)).isEqualTo(Standing.GONE);
        assertThat(Transitions.letGo(next, H)).isEqualTo(DONE);
    }

    @Test
    void anOlderToolsArchiveBecomesTheFirstHead() {
        LineageDocument next = written(Transitions.adopt(document(0, null, true), "backup", "sha"));
        assertThat(next.history()).containsExactly(new Listed("backup", "sha", 1, 1));
        assertThat(next.epoch()).isEqualTo(1);
        assertThat(next.sealed()).isTrue();
        assertThat(next.holder()).isNull();
    }

    @Test
    void adoptionByTwoAtOnceKeepsTheFirst() {
        assertThat(Transitions.adopt(sealed(A0), "backup", "sha")).isEqualTo(DONE);
    }

    @Test
    void adoptionNeverPassesOverForks() {
        assertThat(Transitions.adopt(withForks(sealed(), standby(null, F1)), "backup", "sha"))
                .isInstanceOf(Step.Refused.class);
    }

    @Test
    void adoptionNeverTakesTheEpochBack() {
        LineageDocument next = written(Transitions.adopt(document(5, N, false), "backup", "sha"));
        assertThat(next.epoch()).isEqualTo(5);
        assertThat(next.history()).isEqualTo(List.of(new Listed("backup", "sha", 5, 1)));
    }
}
