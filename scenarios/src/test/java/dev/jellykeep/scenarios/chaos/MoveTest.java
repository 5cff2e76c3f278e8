package dev.jellykeep.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MoveTest {
    @Test
    void four_hundred_lives_leave_no_move_and_few_pairs_of_moves_out() {
        for (var first : new long[] {1, 1000, 123_456_789_012L}) {
            var tally = LongStream.range(first, first + 400)
                    .mapToObj(Move::from)
                    .reduce(Tally.NONE, (all, moves) -> all.with(moves, 0), (one, _) -> one);
            assertThat(tally.moves()).as("moves from seed %d on", first).hasSize(Move.values().length);
            assertThat(tally.moves().values()).allMatch(count -> count >= 40);
            assertThat(tally.pairs().size()).isGreaterThan(Move.values().length * Move.values().length * 9 / 10);
        }
    }

    @Test
    void a_seed_replays_its_life() {
        assertThat(Move.from(1003)).isEqualTo(Move.from(1003)).hasSizeBetween(3, 7);
    }
}
