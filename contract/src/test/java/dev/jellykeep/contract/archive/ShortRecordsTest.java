package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.json.JsonFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRecordsTest {
    private static final int LONGEST = 64 << 10;

    @Test
    void recordsUpToTheLongestPassHoweverMany() throws IOException {
        String record = "{\"path\":\"" + "x".repeat(LONGEST - 30) + "\"}";
        passes("{\"entries\":[" + (record + ",").repeat(20) + record + "],\"entryCount\":21}");
        passes("{\"x\": [[" + "1,".repeat(10_000) + "1]], \"y\": " + "[[0], [0]]}");
    }

    @Test
    void anHonestRecordOfTheLongestNamesPasses() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ManifestWriter writer = new ManifestWriter(text)) {
            for (int i = 0; i < 5; i++) {
                writer.entry(new ManifestEntry(
                        "\u0001".repeat(3500), EntryType.LINK, 0, 0777, 0, 0, null, "\u0002".repeat(4095), null));
            }
        }
        passes(text.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":[{\"b\":\"%s\"}]}", "{\"a\":\"%s\"}", "{\"a\":[\"%s\"]}", "{\"a\":[[[\"\\\\\",\"%s\"]]]}"
            })
    void aRecordOrTextThatIsTooLongIsRefused(String form) throws IOException {
        passes(form.formatted("\\\"]},: ".repeat(1000)));
        refused(form.formatted("\\\"]},: ".repeat(10_000)), "record");
    }

    @Test
    void aRecordOfManyValuesIsRefused() {
        refused("{\"a\":[{\"b\":[" + "0, ".repeat(LONGEST) + "0]}]}", "record");
    }

    @Test
    void namesAreShort() throws IOException {
        passes("{\"" + "x".repeat(63) + "\":\"" + "y".repeat(1000) + "\"}");
        refused("{\"" + "x".repeat(64) + "\":0}", "name");
        refused("{\"a\":{\"" + "x".repeat(64) + "\" :0}}", "name");
    }

    @Test
    void nothingButUtf8IsRead() {
        byte[] wide = "{\"format\":1}".getBytes(StandardCharsets.UTF_16BE);
        assertThatThrownBy(() -> read(wide, 1))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("UTF-8");
    }

    private static void passes(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes, 1)).isEqualTo(bytes);
        assertThat(read(bytes, 4096)).isEqualTo(bytes);
    }

    private static void refused(String text, String why) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int chunk : new int[] {1, 4096}) {
            assertThatThrownBy(() -> read(bytes, chunk))
                    .isInstanceOf(JsonFormatException.class)
                    .hasMessageContainingAll("a document", why);
        }
    }

    /// @param chunk bytes that are read at once; 1: one by one
    private static byte[] read(byte[] text, int chunk) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = new ShortRecords(new ByteArrayInputStream(text), "a document")) {
            byte[] some = new byte[chunk + 2];
            for (int n = chunk == 1 ? in.read() : in.read(some, 1, chunk);
                    n >= 0;
                    n = chunk == 1 ? in.read() : in.read(some, 1, chunk)) {
                if (chunk == 1) {
                    all.write(n);
                } else {
                    all.write(some, 1, n);
                }
            }
        }
        return all.toByteArray();
    }
}
