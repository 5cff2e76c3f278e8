package dev.jellykeep.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final DateTimeFormatter MEASURE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    @Test
    void every_day_of_eight_years_is_written_as_the_service_wants_it_and_read_again() {
        var time = Instant.parse("2024-01-01T00:00:00Z");
        for (var day = 0; day < 8 * 366; day++) {
            time = time.plusSeconds(86_400 + 61);
            assertThat(HttpDate.of(time)).isEqualTo(MEASURE.format(time));
            assertThat(HttpDate.parse(HttpDate.of(time))).isEqualTo(time);
        }
    }

    @Test
    void a_day_of_one_digit_is_read_too() {
        assertThat(HttpDate.parse("Sun, 1 Nov 2026 08:00:00 GMT")).isEqualTo(Instant.parse("2026-11-01T08:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Mon, 01 Nov 2026 08:00:00 GMT",
                "Sun, 01 Nvo 2026 08:00:00 GMT",
                "Sun, 31 Feb 2026 08:00:00 GMT",
                "Sun, 01 Nov 2026 08:61:00 GMT",
                "Sun, 01 Nov +026 08:00:00 GMT",
            })
    void what_is_no_date_is_refused(String text) {
        assertThatThrownBy(() -> HttpDate.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
