package dev.jellykeep.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.standin.StandInFacts;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final Expectation AT_10 = Expectation.BEGIN.seen(new Point(10, 1));

    private static StandInFacts facts(long commit, long users, boolean wizardCompleted) {
        return new StandInFacts(users, 1, 5, 0, 0, commit, wizardCompleted, "id", 0, "");
    }

    @Test
    void a_setup_wizard_is_wrong_whatever_else_is_there() {
        assertThat(AT_10.wrong(facts(10, 1, false))).hasValue("the setup wizard is back");
        assertThat(AT_10.wrong(facts(10, 1, true))).isEmpty();
    }

    @Test
    void a_commit_or_a_user_that_is_missing_after_a_clean_end_is_wrong() {
        var sealed = AT_10.sealed(new Point(20, 2));
        assertThat(sealed.wrong(facts(19, 2, true))).isPresent();
        assertThat(sealed.wrong(facts(20, 1, true))).isPresent();
        assertThat(sealed.wrong(facts(20, 2, true))).isEmpty();
    }

    @Test
    void what_never_was_is_wrong() {
        assertThat(AT_10.sealed(new Point(20, 1)).wrong(facts(21, 1, true))).isPresent();
    }

    @Test
    void a_lost_disk_costs_what_was_not_saved_and_no_more() {
        var lost = AT_10.sealed(new Point(20, 1)).seen(new Point(30, 1)).lost();
        assertThat(lost.wrong(facts(20, 1, true))).isEmpty();
        assertThat(lost.wrong(facts(30, 1, true))).isEmpty();
        assertThat(lost.wrong(facts(19, 1, true))).isPresent();
    }

    @Test
    void what_was_acknowledged_is_there_after_the_disk_is_lost() {
        var lost = AT_10.seen(new Point(30, 2))
                .saved(new Point(30, 2))
                .seen(new Point(40, 2))
                .lost();
        assertThat(lost.wrong(facts(30, 2, true))).isEmpty();
        assertThat(lost.wrong(facts(29, 2, true))).isPresent();
    }

    @Test
    void an_overlap_costs_what_was_written_after_the_hand_over_and_no_more() {
        var overlapped = AT_10.overlap(new Point(20, 1)).atMost(new Point(25, 1));
        assertThat(overlapped.wrong(facts(20, 1, true))).isEmpty();
        assertThat(overlapped.wrong(facts(25, 1, true))).isEmpty();
        assertThat(overlapped.wrong(facts(19, 1, true))).isPresent();
        assertThat(overlapped.wrong(facts(26, 1, true))).isPresent();
    }
}
