package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void each_failure_doubles_the_wait_up_to_a_bound() {
        assertThat(Stream.iterate(BackOff.NONE.after(SHORT), before -> before.after(SHORT))
                        .limit(8)
                        .map(backOff -> backOff.wait(Timings.lifelike()).toSeconds()))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void ten_good_minutes_make_up_for_what_was() {
        var after = BackOff.NONE.after(SHORT).after(SHORT).after(Duration.ofMinutes(10));
        assertThat(after.wait(Timings.lifelike())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void without_any_wait_a_container_that_fails_at_once_still_leaves_the_machine_some_air() {
        var none = Timings.instant().with(Span.FIRST_BACK_OFF, Duration.ZERO);
        assertThat(BackOff.NONE.after(SHORT).wait(none)).isEqualTo(Duration.ofMillis(10));
    }
}
