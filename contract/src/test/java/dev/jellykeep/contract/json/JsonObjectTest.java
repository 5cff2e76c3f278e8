package dev.jellykeep.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    private static JsonObject parse(String text) {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8), "doc");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsWrittenIsRead(long seed) {
        RandomGenerator random = Seeds.random(seed);
        String text = Values.text(random);
        long number = Values.number(random);
        UUID uuid = Values.uuid(random);
        Instant time = Values.time(random);
        List<String> texts = Values.list(random, 5, () -> Values.text(random));
        byte[] json = new JsonFields()
                .put("text", text)
                .put("number", number)
                .put("uuid", uuid)
                .put("time", time)
                .put("flag", true)
                .put("none", null)
                .putIfPresent("absent", null)
                .put("texts", texts)
                .put("object", new JsonFields().put("in", text))
                .put("objects", List.of(new JsonFields().put("in", text), new JsonFields()))
                .toBytes();

        JsonObject read = JsonObject.parse(json, "doc");

        assertThat(read.text("text")).isEqualTo(text);
        assertThat(read.number("number")).isEqualTo(number);
        assertThat(read.uuid("uuid")).isEqualTo(uuid);
        assertThat(read.instant("time")).isEqualTo(time);
        assertThat(read.flag("flag", false)).isTrue();
        assertThat(read.flag("absent", true)).isTrue();
        assertThat(read.optText("none")).isNull();
        assertThat(read.texts("texts")).isEqualTo(texts);
        assertThat(read.object("object").text("in")).isEqualTo(text);
        assertThat(read.objects("objects")).hasSize(2);
        assertThat(read.objects("absent")).isEmpty();
        assertThat(read.has("none")).isFalse();
        assertThat(new String(json, StandardCharsets.UTF_8)).endsWith("}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "1",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "nul",
                "{a:1}",
                "{'a':1}",
                "{\"a\":[1}",
                "{\"a\":01}",
                "\u0000"
            })
    void whatIsNotAWholeObjectIsRefused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageStartingWith("doc ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "{} x", "{}]", "{}\u0000", "{}1"})
    void somethingAfterTheObjectIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void aFieldThatStandsTwiceIsRefusedSinceNobodyKnowsWhichCounts() {
        assertThatThrownBy(() -> parse("{\"history\":[1],\"history\":[]}"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("`history`");
    }

    @Test
    void deepNestingIsRefusedNotAStackOverflow() {
        for (int depth : List.of(50, 990, 100_000)) {
            for (String open : List.of("[", "{\"a\":")) {
                assertThatThrownBy(() -> parse("{\"a\":" + open.repeat(depth)))
                        .as("%d x %s", depth, open)
                        .isInstanceOf(JsonFormatException.class);
            }
        }
        assertThat(parse("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}").has("a"))
                .isTrue();
        assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(41) + "]".repeat(41) + "}"))
                .hasMessage("doc is nested too deeply");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] text = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        text[6] = (byte) 0xff;
        assertThatThrownBy(() -> JsonObject.parse(text, "doc")).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(parse("{\"new\":{\"x\":[1,2.5,null,true]},\"a\":\"b\"}").text("a"))
                .isEqualTo("b");
    }

    @Test
    void numbersOutOfRangeAreNotCutToFit() {
        for (String huge :
                List.of("9223372036854775808", "-9223372036854775809", "1e400", "1.5", "1E3", "9".repeat(999))) {
            assertThatThrownBy(() -> parse("{\"n\":" + huge + "}").number("n"))
                    .as(huge)
                    .isInstanceOf(JsonFormatException.class);
        }
    }

    @Test
    void theMessageNamesDocumentFieldAndWhatIsExpected() {
        JsonObject json = parse("{\"s\":\"x\",\"n\":1,\"f\":true,\"o\":{},\"l\":[1],\"z\":null}");
        Map<String, Consumer<String>> readers = Map.of(
                "text", json::text,
                "a whole number", json::number,
                "true or false", name -> json.flag(name, false),
                "a UUID", json::uuid,
                "a time", json::instant,
                "an object", json::object,
                "a list", json::objects);
        Map<String, List<String>> wrong = Map.of(
                "text", List.of("n", "f", "o", "l", "z", "none"),
                "a whole number", List.of("s", "f", "o", "l", "z", "none"),
                "true or false", List.of("s", "n", "o", "l"),
                "a UUID", List.of("s"),
                "a time", List.of("s", "z", "none"),
                "an object", List.of("s", "n", "f", "l", "z", "none"),
                "a list", List.of("s", "n", "f", "o"));
        wrong.forEach((expected, fields) -> fields.forEach(field -> assertThatThrownBy(
                        () -> readers.getOrDefault(expected, _ -> {}).accept(field))
                .as("%s as %s", field, expected)
                .isInstanceOf(JsonFormatException.class)
                .hasMessageStartingWith("doc: `" + field + "` should be " + expected)));
        assertThatThrownBy(() -> json.texts("l")).isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> json.objects("l")).isInstanceOf(JsonFormatException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void damageIsReadOrRefusedButNothingElse(long seed) {
        RandomGenerator random = Seeds.random(seed);
        byte[] text = new JsonFields()
                .put("a", Values.text(random))
                .put("b", List.of(new JsonFields().put("c", Values.number(random))))
                .toBytes();
        for (int i = 0; i < 50; i++) {
            byte[] damaged = Values.damaged(random, text);
            try {
                JsonObject read = JsonObject.parse(damaged, "doc");
                read.objects("b").forEach(each -> each.optNumber("c"));
            } catch (JsonFormatException expected) {
                assertThat(expected).hasMessageStartingWith("doc");
            }
        }
    }

    /// Three bytes become a hundred, and there may be 8 MiB of them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{},|180000", "[],|260000", "1,|510000", "\"\",|510000"})
    void smallDocumentsTakeMemoryWithoutBound(String value, int times) {
        requireBound("{\"x\":[" + value.repeat(times) + "0]}");
    }

    @Test
    void manyNamesTakeMemoryWithoutBound() {
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; i < 260_000; i++) {
            names.append('"').append(i).append("\":0,");
        }
        requireBound(names.append("\"x\":0}").toString());
    }

    private static void requireBound(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("names and values");
    }
}
