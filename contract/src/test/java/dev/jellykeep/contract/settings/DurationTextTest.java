package dev.jellykeep.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "2m, PT2M",
        "4h, PT4H",
        "1h30m, PT1H30M",
        "30m1h, PT1H30M",
        "500ms, PT0.5S",
        "1.5h, PT1H30M",
        "2m0s, PT2M",
        "0, PT0S",
        "0s, PT0S",
        "100us, PT0.0001S",
        "100µs, PT0.0001S",
        "1ns, PT0.000000001S",
        "2562047h47m16.854775807s, PT2562047H47M16.854775807S",
    })
    void readsWhatGoWrites(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(ParsedText.ok(duration));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | a duration needs a unit; write 5s, 5m or 5h",
                "1h30 | a duration needs a unit; write 30s, 30m or 30h",
                "1d | a duration has no unit \"d\"; write 24h",
                "1.5d | a duration has no unit \"d\"; write 36h",
                "2w | a duration has no unit \"w\"; write 336h",
                "10min | a duration has no unit \"min\"; the units are h, m, s and ms, as in 1h30m",
                "5 m | a duration has no unit \"m\"; the units are h, m, s and ms, as in 1h30m",
                "5M | a duration has no unit \"M\"; the units are h, m, s and ms, as in 1h30m",
                "-5m | a duration can't be negative; write it without the minus sign",
                "2562048h | a duration can't be longer than 292 years; write a shorter one",
                "99999999999999999999h | a duration can't be longer than 292 years; write a shorter one",
                "15m! | a duration has no unit \"m!\"; the units are h, m, s and ms, as in 1h30m",
                "PT5M | that isn't a duration; write one like 30s, 15m or 1h30m",
                ".5h | that isn't a duration; write one like 30s, 15m or 1h30m",
                "1.h | a duration needs a unit; write 1s, 1m or 1h",
                "+5m | that isn't a duration; write one like 30s, 15m or 1h30m",
                "'' | that isn't a duration; write one like 30s, 15m or 1h30m",
            })
    void saysWhatIsWrongAndWhatToWrite(String text, String reason) {
        assertThat(DurationText.parse(text)).isEqualTo(ParsedText.bad(reason));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT90M, 1h30m", "PT120S, 2m", "PT48H, 48h", "PT1.0025S, 1s2ms500us", "PT0.000000001S, 1ns"})
    void writesTheShortestForm(Duration duration, String text) {
        assertThat(DurationText.format(duration)).isEqualTo(text);
    }

    @Test
    void refusesToWriteANegativeDuration() {
        assertThatThrownBy(() -> DurationText.format(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAsLongATextAsItSays() {
        assertThat(DurationText.parse("0".repeat(63) + "s")).isEqualTo(ParsedText.ok(Duration.ZERO));
        assertThat(DurationText.parse("0".repeat(64) + "s")).isInstanceOf(ParsedText.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000_000})
    void isNotHeldUpByAnEndlessText(int length) {
        assertThat(DurationText.parse("9".repeat(length))).isInstanceOf(ParsedText.Bad.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void readsBackWhatItWrote(long seed) {
        Duration duration = Duration.ofNanos(Seeds.random(seed).nextLong(Long.MAX_VALUE) >>> (seed % 63));
        assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(ParsedText.ok(duration));
    }
}
