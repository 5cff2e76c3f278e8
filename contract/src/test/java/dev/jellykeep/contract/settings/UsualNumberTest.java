package dev.jellykeep.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsualNumberTest {
    @ParameterizedTest
    @CsvSource({"0s,0", "10s,10", "9s,9", "90s,90", "999999s,999999", "7m,420"})
    void aNumberThatIsMeantIsRefused(String text, long number) {
        assertThat(UsualNumber.parse(text, Map.of("s", 1L, "m", 60L))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1000000s", "1:s", "/1s", "1 s", "1x", "1"})
    void whatIsNoNumberWithAUnitIsTakenForOne(String text) {
        assertThat(UsualNumber.parse(text, Map.of("s", 1L, "m", 60L))).isNull();
    }

    @Test
    void aNumberThatIsTooLargeComesOutNegative() {
        Map<String, Long> units = Map.of("all", Long.MAX_VALUE, "third", Long.MAX_VALUE / 3);
        assertThat(UsualNumber.parse("1all", units)).isEqualTo(Long.MAX_VALUE);
        assertThat(UsualNumber.parse("2all", units)).isNull();
        assertThat(UsualNumber.parse("3third", units)).isEqualTo(Long.MAX_VALUE / 3 * 3);
        assertThat(UsualNumber.parse("4third", units)).isNull();
    }

    @Test
    void anAddressThatLetsWhoeverHasItActIsInALog() {
        assertThat(new SecretUrl(URI.create("https://hc.example/abc-123")).toString())
                .isNotEmpty()
                .doesNotContain("hc.example", "abc-123");
    }
}
