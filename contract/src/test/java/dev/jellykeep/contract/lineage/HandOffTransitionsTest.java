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
import static dev.jellykeep.contract.lineage.Documents.withPin;
import static dev.jellykeep.contract.lineage.Documents.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandOffTransitionsTest {
    private static final Archived A0 = archive("a0", H, 7, 1, null);
    private static final Archived F1 = archive("f1", N, 0, 2, A0);
    private static final Step DONE = new Step.Done();

    /// F6: attempts of an init container leave no trace, least of all epochs.
    @Test
    void askingTwiceIsAskingOnceAndClaimsNothing() {
        LineageDocument next = written(Transitions.ask(open(A0), N, false));
        assertThat(next).isEqualTo(asked(open(A0)));
        assertThat(Transitions.ask(next, N, false)).isEqualTo(DONE);
    }

    /// F8: a restore doesn't wait for a dead one.
    @Test
    void nobodyIsAskedWhereNobodyWouldAnswer() {
        assertThat(Transitions.ask(sealed(A0), N, false)).isInstanceOf(Step.Refused.class);
        assertThat(Transitions.ask(open(A0), N, true)).isInstanceOf(Step.Refused.class);
        assertThat(Transitions.ask(open(A0), H, false)).isInstanceOf(Step.Refused.class);
        assertThat(Transitions.ask(document(7, null, false, A0), N, false)).isInstanceOf(Step.Refused.class);
    }

    /// F5: the holder serves on.
    @Test
    void answeringDoesNotSeal() {
        assertThat(written(Transitions.answer(asked(open(A0)), H))).isEqualTo(open(A0));
        assertThat(Transitions.answer(open(A0), H)).isEqualTo(DONE);
    }

    @Test
    void onlyTheHolderAnswers() {
        assertThat(Transitions.answer(asked(open(A0)), N)).isInstanceOf(Step.Refused.class);
    }

    /// F11.
    @Test
    void aPinnedArchiveIsHeldWhileItIsRestored() {
        LineageDocument next = written(Transitions.hold(open(A0), "a0", "token"));
        assertThat(next).isEqualTo(withPin(open(A0), null, "a0"));
        assertThat(Transitions.hold(next, "a0", "token")).isEqualTo(DONE);
        assertThat(written(Transitions.hold(withForks(open(A0), standby(A0, F1)), "f1", "token"))
                        .holds())
                .containsExactly("f1");
    }

    @Test
    void whatIsDoomedOrUnknownCanNotBeHeld() {
        assertThat(Transitions.hold(open(A0).withDeleting(List.of("old")), "old", "token"))
                .isInstanceOf(Step.Refused.class);
        assertThat(Transitions.hold(open(A0), "stray", "token")).isInstanceOf(Step.Refused.class);
    }

    /// F7.
    @Test
    void aConsumedPinHoldsNothing() {
        assertThat(Transitions.hold(withPin(open(A0), "token"), "a0", "token")).isInstanceOf(Step.Refused.class);
        assertThat(written(Transitions.hold(withPin(open(A0), "older"), "a0", "token"))
                        .holds())
                .containsExactly("a0");
    }
}
