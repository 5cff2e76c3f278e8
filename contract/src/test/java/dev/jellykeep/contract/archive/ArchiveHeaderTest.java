package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import dev.jellykeep.contract.archive.ArchiveHeader.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveHeaderTest {
    private static ArchiveHeader any(RandomGenerator random) {
        return new ArchiveHeader(
                Values.uuid(random),
                Values.text(random),
                Values.count(random),
                Values.count(random),
                Values.orNull(random, () -> Values.text(random)),
                Seeds.oneOf(random, List.of(ArchiveKind.values())),
                Values.orNull(random, () -> Values.text(random)),
                new Roles(Values.text(random), Values.text(random)),
                Values.time(random),
                Values.text(random));
    }

    private static final byte[] WHOLE = any(Seeds.random(1)).toBytes();

    private static Parsed parse(String text) {
        return ArchiveHeader.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsWrittenIsRead(long seed) {
        ArchiveHeader header = any(Seeds.random(seed));
        assertThat(ArchiveHeader.parse(header.toBytes())).isEqualTo(new Parsed.Readable(header));
    }

    @Test
    void aTextThatEndsEarlyIsNeverTakenForTheWhole() {
        Values.truncated(WHOLE)
                .forEach(text -> assertThat(ArchiveHeader.parse(text))
                        .as("%d bytes", text.length)
                        .isInstanceOf(Parsed.Unreadable.class));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void damageIsAnAnswerNotAnException(long seed) {
        RandomGenerator random = Seeds.random(seed);
        byte[] text = any(random).toBytes();
        for (int i = 0; i < 50; i++) {
            assertThat(ArchiveHeader.parse(Values.damaged(random, text))).isNotNull();
        }
    }

    @Test
    void aNewerFormatIsSaidToBeNewer() {
        assertThat(parse("{\"format\":2}")).isEqualTo(new Parsed.TooNew(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lineage", "owner", "epoch", "sequence", "kind", "roles", "taken", "agent", "format"})
    void theReasonNamesTheFieldThatIsMissing(String field) {
        String text = new String(WHOLE, StandardCharsets.UTF_8).replace("\"" + field + "\":", "\"other\":");
        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains(field));
    }

    @Test
    void aKindThatThisVersionDoesNotKnowHasAReasonToo() {
        String text =
                new String(WHOLE, StandardCharsets.UTF_8).replaceFirst("\"kind\":\"[^\"]*\"", "\"kind\":\"hourly\"");
        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.why()).contains("kind").contains("hourly"));
    }
}
