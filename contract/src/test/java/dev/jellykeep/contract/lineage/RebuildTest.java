package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.LINEAGE;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.fork;
import static dev.jellykeep.contract.lineage.Documents.names;
import static dev.jellykeep.contract.lineage.Documents.withPin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final Archived A0 = archive("backup-1", H, 7, 1, null);
    private static final Archived A1 = archive("backup-2", H, 7, 2, A0);
    private static final Archived F1 = archive("forks/n/backup-3", N, 0, 2, A0);

    @Test
    void aLostDocumentDoesNotLoseTheLine() {
        LineageDocument rebuilt = Rebuild.of(LINEAGE, "app", List.of(A1, A0), List.of(F1));

        assertThat(names(rebuilt.history())).containsExactly("backup-1", "backup-2");
        assertThat(rebuilt.forks()).containsExactly(fork(A0, Fork.Why.REBUILT, F1));
        assertThat(rebuilt.epoch()).isEqualTo(8);
        assertThat(rebuilt.sealed()).isTrue();
        assertThat(rebuilt.holder()).isNull();
        assertThat(rebuilt.lineage()).isEqualTo(LINEAGE);
        assertThat(rebuilt.app()).isEqualTo("app");
        assertThat(rebuilt.asked()).isFalse();
        assertThat(rebuilt.deleting()).isEmpty();
        assertThat(rebuilt.holds()).isEmpty();
        assertThat(rebuilt.refused()).isNull();
    }

    @Test
    void theEpochDecidesBeforeTheSequenceAndTheSequenceBeforeTheName() {
        Archived longLine = archive("backup-9", H, 7, 41, A1);
        Archived later = archive("backup-5", N, 8, 2, A0);
        assertThat(names(Rebuild.of(LINEAGE, null, List.of(A0, A1, longLine, later), List.of())
                        .history()))
                .containsExactly("backup-1", "backup-5");
        assertThat(names(Rebuild.of(LINEAGE, null, List.of(longLine, A0, A1), List.of())
                        .history()))
                .containsExactly("backup-1", "backup-2", "backup-9");
    }

    @Test
    void everyArchiveIsListedExactlyOnce() {
        Archived displaced = archive("backup-4", N, 6, 9, A0);
        LineageDocument rebuilt = Rebuild.of(LINEAGE, null, List.of(A0, A1, displaced), List.of(F1));
        assertThat(rebuilt.listed().map(Listed::name))
                .containsExactlyInAnyOrder("backup-1", "backup-2", "backup-4", "forks/n/backup-3");
    }

    @Test
    void aForkThatTheLineTookInIsHistoryAgain() {
        Archived b = archive("backup-5", N, 8, 3, F1);
        LineageDocument rebuilt = Rebuild.of(LINEAGE, null, List.of(A0, A1, b), List.of(F1));
        assertThat(names(rebuilt.history())).containsExactly("backup-1", "forks/n/backup-3", "backup-5");
        assertThat(rebuilt.forks()).containsExactly(fork(A0, Fork.Why.REBUILT, A1));
    }

    @Test
    void anAncestorBeyondAPrunedOneIsAForkNotLost() {
        Archived a2 = archive("backup-3", H, 7, 3, A1);
        LineageDocument rebuilt = Rebuild.of(LINEAGE, null, List.of(A0, a2), List.of());
        assertThat(names(rebuilt.history())).containsExactly("backup-3");
        assertThat(rebuilt.forks()).containsExactly(fork(null, Fork.Why.REBUILT, A0));
    }

    @Test
    void onlyForksMakeNoHead() {
        LineageDocument rebuilt = Rebuild.of(LINEAGE, null, List.of(), List.of(F1));
        assertThat(rebuilt.head()).isEqualTo(Optional.empty());
        assertThat(rebuilt.hasNoArchives()).isFalse();
        assertThat(Rebuild.of(LINEAGE, null, List.of(A0), List.of()).hasNoArchives())
                .isFalse();
        assertThat(LineageDocument.fresh(LINEAGE, null).hasNoArchives()).isTrue();
        assertThat(rebuilt.epoch()).isEqualTo(1);
    }

    @Test
    void anArchiveByOneWhoDidNotHoldIsNoHeadWhereverItLies() {
        Archived stray = archive("backup-7", N, 0, 99, null);
        assertThat(names(
                        Rebuild.of(LINEAGE, null, List.of(A0, stray), List.of()).history()))
                .containsExactly("backup-1");
        LineageDocument alone = Rebuild.of(LINEAGE, null, List.of(stray), List.of());
        assertThat(alone.head()).isEmpty();
        assertThat(alone.forks()).hasSize(1);
    }

    @Test
    void metadataThatRunInACircleEndTheWalk() {
        Archived x = new Archived("x", LINEAGE, H, 7, 2, "y", "sha", null);
        Archived y = new Archived("y", LINEAGE, H, 7, 1, "x", "sha", null);
        assertThat(names(Rebuild.of(LINEAGE, null, List.of(x, y), List.of()).history()))
                .containsExactly("y", "x");
    }

    @Test
    void archivesOfAnotherLineageAreNotTakenIn() {
        Archived foreign = new Archived("backup-8", new UUID(1, 2), H, 99, 99, null, "sha", null);
        assertThat(Rebuild.of(LINEAGE, null, List.of(A0, foreign), List.of(foreign)))
                .isEqualTo(Rebuild.of(LINEAGE, null, List.of(A0), List.of()));
    }

    /// F7: a pin that was consumed is not restored once more.
    @Test
    void thePinOfTheHeadCountsAsConsumed() {
        assertThat(Rebuild.of(LINEAGE, null, List.of(A0, withPin(A1, "token")), List.of())
                        .pin())
                .isEqualTo("token");
    }

    /// F7: only the first archive after a pinned restore need carry the token.
    @Test
    void aPinConsumedFurtherBackInTheLineStaysConsumed() {
        Archived a2 = archive("backup-3", H, 7, 3, A1);
        assertThat(Rebuild.of(LINEAGE, null, List.of(A0, withPin(A1, "token"), a2), List.of())
                        .pin())
                .isEqualTo("token");
    }

    @Test
    void thePinOfAForkIsNotConsumed() {
        assertThat(Rebuild.of(LINEAGE, null, List.of(A0), List.of(withPin(F1, "token")))
                        .pin())
                .isNull();
    }

    @Test
    void aDocumentThatIsRebuiltFromAStrangersNumbersCanNotBeReadOrClaimedAgain() {
        for (long number : new long[] {0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            Archived planted = archive("backup-7", N, number, number, null);
            LineageDocument rebuilt = Rebuild.of(LINEAGE, null, List.of(A0, planted), List.of());
            LineageDocument claimed = rebuilt.withHolder(H, rebuilt.epoch() + 1);
            assertThat(LineageText.parse(LineageText.print(claimed)))
                    .isEqualTo(new LineageText.Parsed.Readable(claimed));
        }
    }
}
