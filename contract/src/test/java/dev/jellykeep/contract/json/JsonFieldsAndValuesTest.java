package dev.jellykeep.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFieldsAndValuesTest {
    @Test
    void aCountIsNotNegative() {
        assertThat(json("{\"n\":0}").count("n")).isZero();
        assertThat(json("{\"n\":7}").count("n")).isEqualTo(7);
        assertThatThrownBy(() -> json("{\"n\":-1}").count("n")).hasMessageContaining("0 or more");
    }

    @Test
    void aFormatIsOneOrMoreHoweverLarge() {
        assertThat(json("{\"format\":1}").format()).isEqualTo(1);
        assertThat(json("{\"format\":3}").format()).isEqualTo(3);
        assertThat(json("{\"format\":99999999999999999999}").format()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> json("{\"format\":0}").format()).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> json("{\"format\":1.5}").format()).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void aFlagIsWhatItSaysOrTheFallback() {
        assertThat(json("{\"on\":true,\"off\":false}").flag("on", false)).isTrue();
        assertThat(json("{\"on\":true,\"off\":false}").flag("off", true)).isFalse();
        assertThat(json("{}").flag("off", false)).isFalse();
        assertThat(json("{}").flag("off", true)).isTrue();
    }

    @Test
    void fieldsWithoutAValueAreLeftOut() {
        JsonFields fields = new JsonFields()
                .put("a", 1)
                .put("none", null)
                .putIfPresent("b", null)
                .putIfPresent("c", "x");
        assertThat(fields).hasToString("{\"a\":1,\"none\":null,\"c\":\"x\"}");
        List<String> seen = new ArrayList<>();
        fields.forEach((name, value) -> seen.add(name + value));
        assertThat(seen).containsExactly("a1", "cx");
    }

    private static JsonObject json(String text) {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8), "a document");
    }
}
