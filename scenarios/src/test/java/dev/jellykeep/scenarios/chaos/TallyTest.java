package dev.jellykeep.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void a_life_that_went_wrong_counts_as_none_and_is_told() {
        var tally = Tally.NONE.with(List.of(Move.IDLE), 0).with("replay with 1003");
        assertThat(tally.lives()).isEqualTo(1);
        assertThat(tally.failures()).containsExactly("replay with 1003");
    }

    @Test
    void what_overlaps_cost_is_counted_by_lives_and_by_commits() {
        var tally = Tally.NONE
                .with(List.of(Move.NEW_REVISION), 5)
                .with(List.of(Move.IDLE), 0)
                .with(List.of(Move.NEW_REVISION), 3);
        assertThat(tally.overlaps()).isEqualTo(2);
        assertThat(tally.cost()).isEqualTo(8);
    }

    @Test
    void a_move_that_was_never_played_is_told_as_such() {
        var tally = Tally.NONE.with(List.of(Move.IDLE, Move.PLANT, Move.IDLE), 0);
        assertThat(tally.moves()).containsEntry(Move.IDLE, 2).containsEntry(Move.PLANT, 1);
        assertThat(tally.pairs()).hasSize(2);
        assertThat(String.join("\n", tally.lines())).contains("   2 idle").contains("   0 node lost");
    }
}
