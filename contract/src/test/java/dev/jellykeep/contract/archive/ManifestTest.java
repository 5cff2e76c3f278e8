package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import dev.jellykeep.contract.json.JsonFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String ENTRY =
            "{\"path\":\"p\",\"type\":\"file\",\"size\":5,\"mode\":\"0644\",\"uid\":1,\"gid\":2,\"sha256\":\"x\"}";
    private static final String WHOLE = "{\"format\":1,\"entries\":[" + ENTRY + "],\"databases\":[],\"skipped\":[],"
            + "\"entryCount\":1,\"byteCount\":5}";

    /// Everything that a reader was told.
    private static final class Heard implements ManifestReader.Visitor {
        private final List<Object> parts = new ArrayList<>();

        @Override
        public void entry(ManifestEntry entry) {
            parts.add(entry);
        }

        @Override
        public void database(DatabaseRecord database) {
            parts.add(database);
        }

        @Override
        public void skipped(Skipped file) {
            parts.add(file);
        }

        @Override
        public void totals(long entryCount, long byteCount) {
            parts.add(List.of(entryCount, byteCount));
        }
    }

    private static ManifestReader.Outcome read(byte[] text, ManifestReader.Visitor visitor) throws IOException {
        return ManifestReader.read(new ByteArrayInputStream(text), visitor);
    }

    private static ManifestReader.Outcome read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), new Heard());
    }

    private static ManifestEntry entry(RandomGenerator random) {
        return new ManifestEntry(
                Values.text(random),
                Seeds.oneOf(random, List.of(EntryType.values())),
                random.nextLong(1L << 40),
                random.nextInt(07777 + 1),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                Values.orNull(random, () -> Values.text(random)),
                Values.orNull(random, () -> Values.text(random)),
                Values.orNull(random, () -> Values.text(random)));
    }

    private static DatabaseRecord database(RandomGenerator random) {
        return new DatabaseRecord(
                Values.text(random),
                Values.number(random),
                Values.orNull(random, () -> Values.number(random)),
                Values.orNull(random, () -> Values.number(random)),
                Values.orNull(random, () -> Values.text(random)),
                Values.orNull(random, () -> Values.text(random)));
    }

    private static byte[] write(List<Object> parts) throws IOException {
        var out = new ByteArrayOutputStream();
        try (ManifestWriter writer = new ManifestWriter(out)) {
            for (Object part : parts) {
                switch (part) {
                    case ManifestEntry entry -> writer.entry(entry);
                    case DatabaseRecord database -> writer.database(database);
                    case Skipped skipped -> writer.skipped(skipped);
                    default -> throw new IllegalArgumentException(part.toString());
                }
            }
        }
        return out.toByteArray();
    }

    private static List<Object> any(RandomGenerator random) {
        List<Object> parts = new ArrayList<>();
        parts.addAll(Values.list(random, 6, () -> entry(random)));
        parts.addAll(Values.list(random, 3, () -> database(random)));
        parts.addAll(Values.list(random, 3, () -> new Skipped(Values.text(random), Values.text(random))));
        return parts;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsWrittenIsReadInOrder(long seed) throws IOException {
        List<Object> parts = any(Seeds.random(seed));
        Heard heard = new Heard();

        assertThat(read(write(parts), heard)).isEqualTo(new ManifestReader.Outcome.Read());

        List<ManifestEntry> entries = parts.stream()
                .filter(ManifestEntry.class::isInstance)
                .map(ManifestEntry.class::cast)
                .toList();
        parts.add(List.of(
                (long) entries.size(),
                entries.stream().mapToLong(ManifestEntry::size).sum()));
        assertThat(heard.parts).isEqualTo(parts);
    }

    /// The header of the blob says these figures.
    @Test
    void whatIsWrittenIsCounted() throws IOException {
        List<ManifestEntry> entries = List.of(entry(Seeds.random(1)), entry(Seeds.random(2)));
        try (ManifestWriter writer = new ManifestWriter(new ByteArrayOutputStream())) {
            for (ManifestEntry entry : entries) {
                writer.entry(entry);
            }
            assertThat(writer.entries()).isEqualTo(2);
            assertThat(writer.bytes())
                    .isEqualTo(entries.getFirst().size() + entries.getLast().size());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aManifestThatEndsEarlyIsNeverTakenForTheWhole(long seed) throws IOException {
        Values.truncated(write(any(Seeds.random(seed))))
                .forEach(text -> assertThatThrownBy(() -> read(text, new Heard()))
                        .as("%d bytes", text.length)
                        .isInstanceOf(JsonFormatException.class));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void damageIsReadOrRefusedButNothingElse(long seed) throws IOException {
        RandomGenerator random = Seeds.random(seed);
        byte[] text = write(any(random));
        for (int i = 0; i < 50; i++) {
            byte[] damaged = Values.damaged(random, text);
            try {
                read(damaged, new Heard());
            } catch (JsonFormatException expected) {
                assertThat(expected).hasMessageContaining("manifest.json");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":1}",
                "{\"entries\":[],\"entryCount\":0,\"byteCount\":0}",
                "{\"entries\":[],\"format\":1,\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":\"1\",\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":1,\"entryCount\":0,\"byteCount\":\"0\"}",
                "{\"format\":1,\"entryCount\":99999999999999999999,\"byteCount\":0}",
                "{\"format\":1,\"entries\":{},\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":1,\"entries\":[1],\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":1,\"entries\":[[]],\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":1,\"entries\":null,\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":1,\"entries\":[],\"entries\":[],\"entryCount\":0,\"byteCount\":0}",
                "{\"format\":1,\"entries\":[],\"entryCount\":-1,\"byteCount\":0}"
            })
    void whatIsNotAManifestIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"path\":\"p\"=\"path\":1",
                "\"file\"=\"fifo\"",
                "\"file\"=null",
                "\"size\":5=\"size\":\"5\"",
                "\"size\":5=\"size\":-5",
                "\"size\":5=\"size\":1e3",
                "\"size\":5=\"size\":INF",
                "\"size\":5=\"size\":NaN",
                "\"0644\"=\"0999\"",
                "\"0644\"=\"777777\"",
                "\"0644\"=\"-644\"",
                "\"0644\"=420",
                "\"uid\":1=\"uid\":null"
            })
    void wrongEntriesAreRefused(String change) {
        List<String> parts = List.of(change.split("=", 2));
        String text = WHOLE.replace(parts.getFirst(), parts.getLast());
        assertThat(text).isNotEqualTo(WHOLE);
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", "]", "\u0000"})
    void somethingAfterTheManifestIsRefused(String rest) throws IOException {
        assertThat(read(WHOLE + "\n ")).isEqualTo(new ManifestReader.Outcome.Read());
        assertThatThrownBy(() -> read(WHOLE + rest)).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void aNewerFormatIsSaidToBeNewerWhateverFollows() throws IOException {
        assertThat(read("{\"format\":2,\"entries\":\"elsewhere\"}")).isEqualTo(new ManifestReader.Outcome.TooNew(2));
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() throws IOException {
        assertThat(read(WHOLE.replaceFirst("\"entries\"", "\"later\":{\"x\":[[{}]]},\"entries\"")
                        .replace("\"path\"", "\"later\":[1],\"path\"")))
                .isEqualTo(new ManifestReader.Outcome.Read());
    }

    @Test
    void deepNestingIsRefusedNotAStackOverflow() {
        for (String open : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> read("{\"format\":1,\"later\":" + open.repeat(100_000)))
                    .isInstanceOf(JsonFormatException.class);
            assertThatThrownBy(() -> read("{\"format\":1,\"entries\":[{\"path\":" + open.repeat(500)))
                    .isInstanceOf(JsonFormatException.class);
        }
    }

    /// A broken connection is tried again; a broken manifest means another archive.
    @Test
    void aFailingStreamIsNotTakenForABrokenManifest() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        InputStream cut = new SequenceInputStream(
                new ByteArrayInputStream(WHOLE.substring(0, 40).getBytes(StandardCharsets.UTF_8)), failing);
        assertThatThrownBy(() -> ManifestReader.read(cut, new Heard()))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void whatTheVisitorThrowsIsNotTakenForABrokenManifest() {
        var mine = new IllegalArgumentException("mine");
        assertThatThrownBy(() -> read(WHOLE.getBytes(StandardCharsets.UTF_8), new ManifestReader.Visitor() {
                    @Override
                    public void entry(ManifestEntry entry) {
                        throw mine;
                    }
                }))
                .isSameAs(mine);
    }
}
