package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.N;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.names;
import static dev.jellykeep.contract.lineage.Documents.open;
import static dev.jellykeep.contract.lineage.Documents.sealed;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A person's word makes a refused snapshot the head, but only that of the very data that go on being written.
class AcceptTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived A1 = archive("a1", H, 7, 2, A0);
    private static final Archived S = archive("suspect/s", H, 0, 2, A0);

    @Test
    void theHoldersOwnSuspectOnTopOfTheHeadBecomesTheHeadAndItGoesOnWriting() {
        LineageDocument next = written(Transitions.accept(open(A0), H, S));
        assertThat(names(next.history())).containsExactly("a0", "suspect/s");
        assertThat(next.isHeldBy(H)).isTrue();
        assertThat(next.forks()).isEmpty();
        assertThat(Transitions.accept(next, H, S)).isEqualTo(new Step.Done());
    }

    @Test
    void aSuspectThatTheHeadHasPassedIsRefusedSinceNewerDataWouldLeaveTheLine() {
        assertThat(Transitions.accept(open(A0, A1), H, S)).isInstanceOf(Step.Refused.class);
    }

    @Test
    void anotherReplicasSuspectIsRefused() {
        assertThat(Transitions.accept(open(A0), H, archive("suspect/n", N, 0, 2, A0)))
                .isInstanceOf(Step.Refused.class);
    }

    @Test
    void whoDoesNotHoldAcceptsNothing() {
        assertThat(Transitions.accept(open(A0), N, archive("suspect/n", N, 0, 2, A0)))
                .isInstanceOf(Step.Refused.class);
        assertThat(Transitions.accept(sealed(A0), H, S)).isInstanceOf(Step.Refused.class);
    }

    @Test
    void whatIsBeingDeletedIsRefused() {
        assertThat(Transitions.accept(open(A0).withDeleting(List.of("suspect/s")), H, S))
                .isInstanceOf(Step.Refused.class);
    }

    @Test
    void theWishIsReadBackAndOneThatCannotBeReadAcceptsNothing() {
        assertThat(Accept.parse(new Accept("suspect/s").toBytes())).contains(new Accept("suspect/s"));
        assertThat(new Accept("suspect/s").request())
                .as("each wish has an answer of its own")
                .isEqualTo("control/accept.json#suspect/s");
        for (String text : List.of("", "{}", "{\"format\": 2, \"name\": \"suspect/s\"}")) {
            assertThat(Accept.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isEmpty();
        }
    }
}
