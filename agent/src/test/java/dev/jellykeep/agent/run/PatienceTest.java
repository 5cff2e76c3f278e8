package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// One operation of the store that goes on trying must not cost what is left of the grace period.
class PatienceTest {
    private static final Duration GRACE = Duration.ofMinutes(2);

    @Test
    void anOperationGetsAQuarterOfTheGracePeriodAndAtMostHalfAMinute() {
        assertThat(new Patience(new StopSignal(), GRACE).now()).isEqualTo(Duration.ofSeconds(30));
        assertThat(new Patience(new StopSignal(), Duration.ofSeconds(10)).now()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void whoIsToldToStopTriesNoLongerThanTheGracePeriodLasts() {
        assertThat(told(Duration.ofSeconds(10)).now()).isEqualTo(Duration.ofSeconds(30));
        assertThat(told(Duration.ofSeconds(100)).now()).isEqualTo(Duration.ofSeconds(15));
        assertThat(told(Duration.ofSeconds(119)).now()).isZero();
    }

    private static Patience told(Duration since) {
        return new Patience(
                new StopSignal() {
                    @Override
                    public boolean isTold() {
                        return true;
                    }

                    @Override
                    public Duration since() {
                        return since;
                    }
                },
                GRACE);
    }
}
