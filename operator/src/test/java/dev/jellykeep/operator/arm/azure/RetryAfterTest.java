package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static Duration of(Map<String, String> headers) {
        return RetryAfter.of(name -> Optional.ofNullable(headers.get(name)), new TestTime());
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After,7,PT7S",
        "Retry-After,' 0 ',PT0S",
        "Retry-After,-5,PT0S",
        "Retry-After,soon,PT0S",
        "Retry-After,99999999999999999999,PT0S",
        "Retry-After,9999999999,PT1H",
        "Retry-After,'Sun, 01 Nov 2026 08:00:30 GMT',PT30S",
        "Retry-After,'Sun, 01 Nov 2026 07:00:00 GMT',PT0S",
        "retry-after-ms,1500,PT1.5S",
        "x-ms-retry-after-ms,250,PT0.25S"
    })
    void every_way_to_say_it_is_understood_and_none_stops_us_for_ever(String name, String value, Duration expected) {
        assertThat(of(Map.of(name, value))).isEqualTo(expected);
    }

    @Test
    void milliseconds_are_believed_before_seconds() {
        assertThat(of(Map.of("retry-after-ms", "1500", "Retry-After", "2"))).isEqualTo(Duration.ofMillis(1500));
        assertThat(of(Map.of())).isZero();
    }
}
