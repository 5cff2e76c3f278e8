package dev.jellykeep.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SizeTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1024, 1024",
        "50Ki, 51200",
        "1Gi, 1073741824",
        "500M, 500000000",
        "1k, 1000",
        "1.5Gi, 1610612736",
        "0.5Ki, 512",
        "1e3, 1000",
        "1E3, 1000",
        "1E, 1000000000000000000",
        "1Ti, 1099511627776",
        "9223372036854775807, 9223372036854775807",
    })
    void readsKubernetesQuantities(String text, long bytes) {
        assertThat(SizeText.parse(text)).isEqualTo(ParsedText.ok(bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | a size can't be negative; write it without the minus sign",
                "50K | a size has no suffix \"K\"; write 50k (1000) or 50Ki (1024)",
                "50KB | a size has no suffix \"KB\"; write 50k (1000) or 50Ki (1024)",
                "50kb | a size has no suffix \"kb\"; write 50k (1000) or 50Ki (1024)",
                "1GB | a size has no suffix \"GB\"; write 1G or 1Gi",
                "1gib | a size has no suffix \"gib\"; write 1G or 1Gi",
                "5 Mi | a size has no suffix \" Mi\"; write 5M or 5Mi",
                "7B | a size has no suffix \"B\"; write 7",
                "50m | the suffix m means thousandths; write 50M or 50Mi",
                "5Zi | a size has no suffix \"Zi\"; the suffixes are Ki, Mi, Gi, Ti and k, M, G, T",
                "8Ei | a size can't exceed 2^63 - 1 bytes, just under 8Ei; write a smaller one",
                "1e40 | a size can't exceed 2^63 - 1 bytes, just under 8Ei; write a smaller one",
                "0.5 | a size is a whole number of bytes; write one like 512 or 50Ki",
                "1e-1 | a size is a whole number of bytes; write one like 512 or 50Ki",
                "1e999999999 | that isn't a size; write bytes, or one like 50Ki, 500M or 1Gi",
                "Ki | that isn't a size; write bytes, or one like 50Ki, 500M or 1Gi",
                "'' | that isn't a size; write bytes, or one like 50Ki, 500M or 1Gi",
            })
    void saysWhatIsWrongAndWhatToWrite(String text, String reason) {
        assertThat(SizeText.parse(text)).isEqualTo(ParsedText.bad(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "51200, 50Ki",
        "500000000, 500M",
        "1000, 1k",
        "1073741824, 1Gi",
        "1000000000000, 1T",
        "512000, 512k",
        "10112000, 9875Ki",
        "1015808000000, 968750Mi",
        "9223372036854775807, 9223372036854775807"
    })
    void writesTheShortestExactForm(long bytes, String text) {
        assertThat(SizeText.format(bytes)).isEqualTo(text);
    }

    @Test
    void refusesToWriteANegativeSize() {
        assertThatThrownBy(() -> SizeText.format(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void readsBackWhatItWrote(long seed) {
        long bytes = (Seeds.random(seed).nextLong(Long.MAX_VALUE) >>> (seed % 63)) << (seed % 7 * 5);
        long positive = bytes & Long.MAX_VALUE;
        assertThat(SizeText.parse(SizeText.format(positive))).isEqualTo(ParsedText.ok(positive));
    }
}
