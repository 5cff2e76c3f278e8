package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.blobs;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.standby;
import static dev.jellykeep.contract.lineage.Documents.withForks;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForkTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);
    private static final Archived F2 = archive("f2", N, 0, 3, F1);
    private static final Transitions.Lookup ALL = blobs(A0, A1, F1, F2);

    @Test
    void aStandbysArchiveIsListedBesideTheLine() {
        LineageDocument next = written(Transitions.fork(open(A0, A1), N, F1, "a0", ALL));
        assertThat(next).isEqualTo(withForks(open(A0, A1), standby(A0, F1)));
    }

    @Test
    void aStandbysNextArchiveGoesIntoTheSameEntry() {
        LineageDocument document = withForks(open(A0, A1), standby(A0, F1));
        assertThat(written(Transitions.fork(document, N, F2, "f1", ALL)).forks())
                .containsExactly(standby(A0, F1, F2));
    }

    @Test
    void aLostReplyListsNothingTwice() {
        assertThat(Transitions.fork(withForks(open(A0), standby(A0, F1)), N, F1, "a0", ALL))
                .isEqualTo(new Step.Done());
    }

    @Test
    void theHeadAndItsHolderStayWhatTheyAre() {
        LineageDocument next = written(Transitions.fork(open(A0, A1), N, F1, "a0", ALL));
        assertThat(next.head()).isEqualTo(Optional.of(A1.listed()));
        assertThat(next.isHeldBy(H)).isTrue();
    }

    @Test
    void aForkOfNothingHasNoBase() {
        Archived first = archive("x", N, 0, 1, null);
        assertThat(written(Transitions.fork(open(A0), N, first, null, ALL)).forks())
                .containsExactly(standby(null, first));
    }

    @Test
    void whoContinuesAnothersForkIsNamedAsItsOwner() {
        Archived next = archive("p", "third", 0, 3, F1);
        LineageDocument document = withForks(open(A0), standby(A0, F1));
        assertThat(written(Transitions.fork(document, "third", next, "f1", ALL)).forks())
                .containsExactly(new Fork("a0", "third", Fork.Why.STANDBY, List.of(F1.listed(), next.listed())));
    }

    @Test
    void whoStartedFromTheMiddleOfAForkSharesWhatThatForkShares() {
        Archived next = archive("p", "third", 0, 3, F1);
        LineageDocument document = withForks(open(A0, A1), standby(A0, F1, F2));
        assertThat(written(Transitions.fork(document, "third", next, "f1", ALL)).forks())
                .containsExactly(standby(A0, F1, F2), standby(A0, next));
    }

    @Test
    void anEmptyForkDoesNotExist() {
        assertThatThrownBy(() -> new Fork(null, N, Fork.Why.STANDBY, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
