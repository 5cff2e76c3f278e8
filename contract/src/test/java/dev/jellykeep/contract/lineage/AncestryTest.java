package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.standby;
import static dev.jellykeep.contract.lineage.Documents.withForks;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AncestryTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);

    @Test
    void aTipInHistorySharesUpToItself() {
        assertThat(Ancestry.of(open(A0, A1), "a0", _ -> null)).isEqualTo(new Ancestry(1, Optional.empty()));
        assertThat(Ancestry.of(open(A0, A1), "a1", _ -> null)).isEqualTo(new Ancestry(2, Optional.empty()));
    }

    @Test
    void aLineThatBeganEmptySharesNothing() {
        assertThat(Ancestry.of(open(A0, A1), null, _ -> "a1")).isEqualTo(new Ancestry(0, Optional.empty()));
    }

    @Test
    void theForkThatEndsWithTheTipSaysWhereItLeft() {
        Fork fork = standby(A0, F1);
        assertThat(Ancestry.of(withForks(open(A0, A1), fork), "f1", _ -> null))
                .isEqualTo(new Ancestry(1, Optional.of(fork)));
    }

    @Test
    void aForkWhoseBaseWasPrunedIsFollowedToItsAncestors() {
        Archived x = archive("x", N, 0, 3, A1);
        Fork fork = standby(A1, x);
        assertThat(Ancestry.of(withForks(open(A0), fork), "x", Map.of("a1", "a0")::get))
                .isEqualTo(new Ancestry(1, Optional.of(fork)));
    }

    @Test
    void aWalkThatBreaksSharesNothing() {
        assertThat(Ancestry.of(open(A0, A1), "z", _ -> null).shared()).isZero();
    }

    @Test
    void metadataThatRunInACircleEndTheWalk() {
        Map<String, String> circle = Map.of("x", "y", "y", "x");
        assertThat(Ancestry.of(open(A0), "x", circle::get).shared()).isZero();
    }
}
