package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.error;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.arm.ArmException.Kind;
import dev.jellykeep.operator.arm.Reading;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest extends ArmTest {
    private static final String DATE = "Sun, 01 Nov 2026 20:00:00 GMT";

    @Test
    void a_date_is_read_by_the_services_clock_and_not_by_ours() {
        arm.inTurn(
                () -> get(at("")),
                error(429, "TooManyRequests", "Slow.")
                        .withHeader("Date", DATE)
                        .withHeader("Retry-After", "Sun, 01 Nov 2026 20:00:09 GMT"),
                json(Bodies.APP));

        assertThat(arms.api.app(Arms.APP)).isInstanceOf(Reading.Found.class);
        assertThat(arms.time.pauses).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void a_throttled_write_is_not_sent_again_and_holds_everybody_back() {
        arm.on(patch(at("")), error(429, "TooManyRequests", "Slow.").withHeader("Retry-After", "7"));
        arm.on(get(at("")), json(Bodies.APP));

        var thrown = refusal(Kind.THROTTLED, () -> arms.api.patch(Arms.APP, PATCH));

        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(arms.time.pauses).isEmpty();
        assertThat(arms.api.app(Arms.APP)).isInstanceOf(Reading.Found.class);
        assertThat(arms.time.pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(arm.requests()).hasSize(2);
    }

    @Test
    void nobody_waits_for_what_comes_after_his_deadline() {
        arm.on(get(at("")), error(429, "SubscriptionRequestsThrottled", "Slow.").withHeader("Retry-After", "300"));

        var first = refusal(Kind.THROTTLED, () -> arms.api.app(Arms.APP));
        var second = refusal(Kind.THROTTLED, () -> arms.api.revisions(Arms.APP));

        assertThat(first.retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(second.retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(arm.requests()).hasSize(1);
        assertThat(arms.time.pauses).isEmpty();
    }

    @Test
    void the_figures_tell_who_was_held_back() {
        arm.inTurn(
                () -> get(at("")),
                error(429, "TooManyRequests", "Slow.").withHeader("retry-after-ms", "7500"),
                json(Bodies.APP));

        arms.api.app(Arms.APP);

        assertThat(arms.api.budgets()).singleElement().satisfies(figures -> {
            assertThat(figures.subscription()).isEqualTo("00000000-0000-0000-0000-00000000000a");
            assertThat(figures.throttled()).isEqualTo(1);
            assertThat(figures.waits()).isEqualTo(1);
            assertThat(figures.waited()).isEqualTo(Duration.ofMillis(7500));
            assertThat(figures.stoppedUntil()).isEqualTo(TestTime.START.plusMillis(7500));
            assertThat(figures.writesLeft()).isLessThanOrEqualTo(1);
        });
    }
}
