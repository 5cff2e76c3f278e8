package dev.jellykeep.contract.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.ParsedText;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A drill comes when it was asked to, and a schedule that can't come is refused before anybody relies on it.
class CronTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 4 * * 1     | 2026-11-29T00:00:00Z | 2026-11-23T04:00:00Z
            0 4 * * 0     | 2026-11-29T04:00:00Z | 2026-11-29T04:00:00Z
            0 4 * * 7     | 2026-11-29T03:59:59Z | 2026-11-22T04:00:00Z
            */15 * * * *  | 2026-11-29T10:44:59Z | 2026-11-29T10:30:00Z
            30 2 1,15 * * | 2026-11-29T10:44:59Z | 2026-11-15T02:30:00Z
            0 0 29 2 *    | 2026-11-29T10:44:59Z | 2024-02-29T00:00:00Z
            0 12 13 * 5   | 2026-11-29T00:00:00Z | 2026-11-27T12:00:00Z
            0 8-10/2 * * 1-5 | 2026-11-29T00:00:00Z | 2026-11-27T10:00:00Z
            @weekly       | 2026-11-29T00:00:00Z | 2026-11-29T00:00:00Z
            @monthly      | 2026-11-29T00:00:00Z | 2026-11-01T00:00:00Z
            """)
    void theLastTimeIsTheOneThatPeopleExpect(String text, Instant now, Instant last) {
        assertThat(Cron.parse(text).orThrow().lastBefore(now)).contains(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "a b c d e",
                "0 0 30 2 *",
                "5-1 * * * *",
                "*/0 * * * *",
                "@never",
                "1,,2 * * * *",
                "0 4 * * MON"
            })
    void whatIsNoScheduleIsRefused(String text) {
        assertThat(Cron.parse(text)).isInstanceOf(ParsedText.Bad.class);
    }

    @Test
    void aScheduleIsTheSameWhereverTheClockStands() {
        Cron cron = Cron.parse("0 4 * * *").orThrow();
        assertThat(cron.lastBefore(Instant.parse("1971-01-01T00:00:00Z")))
                .contains(Instant.parse("1970-12-31T04:00:00Z"));
    }
}
