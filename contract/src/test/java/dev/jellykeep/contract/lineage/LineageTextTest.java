package dev.jellykeep.contract.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import dev.jellykeep.contract.lineage.LineageText.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineageTextTest {
    private static final String WHOLE =
            "{\"format\":1,\"lineage\":\"09d6bdd3-9aa4-5d99-8a5e-5847923fa62e\",\"app\":null,"
                    + "\"epoch\":7,\"holder\":\"h\",\"state\":\"open\","
                    + "\"history\":[{\"name\":\"a\",\"sha256\":\"s\",\"epoch\":7,\"sequence\":41}],"
                    + "\"forks\":[{\"base\":null,\"owner\":\"n\",\"why\":\"standby\","
                    + "\"archives\":[{\"name\":\"f\",\"sha256\":\"s\",\"epoch\":0,\"sequence\":2}]}],"
                    + "\"asked\":true,\"holds\":[\"a\"],\"deleting\":[\"d\"],\"pin\":\"p\","
                    + "\"refused\":{\"reason\":\"SHRINK\",\"name\":null}}";

    private static Parsed parse(String text) {
        return LineageText.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Listed listed(RandomGenerator random) {
        return new Listed(Values.text(random), Values.text(random), Values.count(random), Values.count(random));
    }

    private static LineageDocument any(RandomGenerator random) {
        return new LineageDocument(
                Values.uuid(random),
                Values.orNull(random, () -> Values.text(random)),
                Values.count(random),
                Values.orNull(random, () -> Values.text(random)),
                random.nextBoolean(),
                Values.list(random, 4, () -> listed(random)),
                Values.list(
                        random,
                        3,
                        () -> new Fork(
                                Values.orNull(random, () -> Values.text(random)),
                                Values.text(random),
                                Seeds.oneOf(random, List.of(Fork.Why.values())),
                                List.of(listed(random), listed(random)))),
                random.nextBoolean(),
                Values.list(random, 3, () -> Values.text(random)),
                Values.list(random, 3, () -> Values.text(random)),
                Values.orNull(random, () -> Values.text(random)),
                Values.orNull(
                        random,
                        () -> new Refusal(Values.text(random), Values.orNull(random, () -> Values.text(random)))));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsPrintedIsParsed(long seed) {
        LineageDocument document = any(Seeds.random(seed));
        assertThat(LineageText.parse(LineageText.print(document))).isEqualTo(new Parsed.Readable(document));
    }

    @Test
    void theFieldsAreTheProtocols() {
        Parsed.Readable read = (Parsed.Readable) parse(WHOLE);
        assertThat(new String(LineageText.print(read.document()), StandardCharsets.UTF_8))
                .isEqualTo(WHOLE + "\n");
    }

    @Test
    void aTextThatEndsEarlyIsNeverTakenForTheWhole() {
        Values.truncated(WHOLE.getBytes(StandardCharsets.UTF_8))
                .forEach(text -> assertThat(LineageText.parse(text))
                        .as("%d bytes", text.length)
                        .isInstanceOf(Parsed.Unreadable.class));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void damageIsAnAnswerNotAnException(long seed) {
        RandomGenerator random = Seeds.random(seed);
        byte[] text = LineageText.print(any(random));
        for (int i = 0; i < 50; i++) {
            assertThat(LineageText.parse(Values.damaged(random, text))).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "9223372036854775807", "9223372036854775808", "1e30"})
    void aNewerFormatIsNeverTakenForUnreadableAndReplaced(String format) {
        assertThat(parse(WHOLE.replace("\"format\":1", "\"format\":" + format))).isInstanceOf(Parsed.TooNew.class);
        assertThat(parse("{\"format\":" + format + ",\"history\":{}}")).isInstanceOf(Parsed.TooNew.class);
    }

    /// An empty history would read as "there never was a backup".
    @ParameterizedTest
    @ValueSource(strings = {"history", "forks", "epoch", "state", "lineage", "format"})
    void aDocumentWithoutAFieldThatMattersIsUnreadableNotEmpty(String field) {
        assertThat(parse(WHOLE.replace("\"" + field + "\":", "\"other\":")))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"epoch\":7=\"epoch\":-1",
                "\"epoch\":7=\"epoch\":\"7\"",
                "\"epoch\":7=\"epoch\":7.5",
                "\"format\":1=\"format\":0",
                "\"format\":1=\"format\":\"1\"",
                "\"open\"=\"ajar\"",
                "\"forks\":[=\"forks\":[{\"base\":null,\"owner\":\"n\",\"why\":\"standby\",\"archives\":[]},",
                "\"standby\"=\"whim\"",
                "\"a\"]=[\"a\"]]",
                "\"asked\":true=\"asked\":1",
                "\"name\":\"f\"=\"name\":null",
                "\"09d6bdd3=\"x"
            })
    void wrongValuesAreUnreadableWithAReason(String change) {
        List<String> parts = List.of(change.split("=", 2));
        String text = WHOLE.replaceFirst(java.util.regex.Pattern.quote(parts.getFirst()), parts.getLast());
        assertThat(text).isNotEqualTo(WHOLE);
        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).isNotBlank().isNotEqualTo("null"));
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() {
        assertThat(parse(WHOLE.replaceFirst("\\{", "{\"later\":{\"deep\":[{}]},")))
                .isEqualTo(parse(WHOLE));
    }
}
