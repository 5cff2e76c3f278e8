package dev.jellykeep.contract.lineage;

import static dev.jellykeep.contract.lineage.Documents.H;
import static dev.jellykeep.contract.lineage.Documents.archive;
import static dev.jellykeep.contract.lineage.Documents.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import dev.jellykeep.contract.json.JsonFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Going back is done once, for that wish alone, and never by a wish that is only half understood.
class PinTest {
    private static final LineageDocument DOCUMENT = sealed(archive("a0", H, 7, 1, null));

    @Test
    void aWishThatWasFulfilledCountsNoMoreAndAnotherOneDoes() {
        Pin pin = new Pin("a0", "token", List.of());
        assertThat(pin.isOpen(DOCUMENT)).isTrue();
        assertThat(pin.isOpen(DOCUMENT.withConsumedPin("earlier"))).isTrue();
        assertThat(pin.isOpen(DOCUMENT.withConsumedPin("token"))).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsWrittenIsRead(long seed) {
        RandomGenerator random = Seeds.random(seed);
        Pin pin = new Pin(Values.text(random), Values.text(random), Values.list(random, 3, () -> Values.text(random)));
        assertThat(Pin.parse(pin.toBytes())).isEqualTo(pin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"format\":1,\"archive\":\"a\"}",
                "{\"format\":1,\"token\":\"t\"}",
                "{\"archive\":\"a\",\"token\":\"t\"}",
                "{\"format\":1,\"archive\":\"a\",\"token\":\"t\",\"accept\":\"ALL\"}"
            })
    void whatIsNotAWishIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void aWishOfANewerVersionIsNotGuessed() {
        assertThatThrownBy(() -> parse("{\"format\":2,\"archive\":\"a\",\"token\":\"t\"}"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void aWishThatOverrulesNothingNeedNotSaySo() {
        assertThat(parse("{\"format\":1,\"archive\":\"a\",\"token\":\"t\"}")).isEqualTo(new Pin("a", "t", List.of()));
    }

    private static Pin parse(String text) {
        return Pin.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
