package dev.jellykeep.contract.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import dev.jellykeep.contract.json.JsonFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaDocumentsTest {
    private static ReplicaIdentity identity(RandomGenerator random) {
        return new ReplicaIdentity(
                Values.uuid(random),
                Values.uuid(random),
                Values.orNull(random, () -> Values.text(random)),
                Values.orNull(random, () -> Values.text(random)),
                random.nextBoolean());
    }

    private static ReplicaReport.Answer answer(RandomGenerator random) {
        return new ReplicaReport.Answer(
                Values.text(random),
                Values.text(random),
                Values.orNull(random, () -> Values.text(random)),
                Values.time(random));
    }

    private static ReplicaReport report(RandomGenerator random) {
        return new ReplicaReport(
                Values.text(random),
                Values.orNull(random, () -> Values.text(random)),
                Values.text(random),
                Values.text(random),
                random.nextInt(),
                Values.orNull(random, () -> Values.text(random)),
                Values.orNull(
                        random,
                        () -> new ReplicaReport.Archive(
                                Values.text(random),
                                Values.text(random),
                                Values.time(random),
                                Values.number(random),
                                Values.number(random),
                                Values.number(random),
                                random.nextBoolean())),
                Values.orNull(random, () -> Values.time(random)),
                Values.orNull(random, () -> Values.time(random)),
                Values.orNull(random, () -> Values.time(random)),
                Values.orNull(
                        random,
                        () -> new ReplicaReport.Refused(
                                Values.text(random),
                                Values.text(random),
                                Values.orNull(random, () -> Values.text(random)),
                                Values.time(random))),
                Values.orNull(
                        random,
                        () -> new ReplicaReport.Restored(
                                Values.text(random),
                                Values.orNull(random, () -> Values.text(random)),
                                Values.orNull(random, () -> Values.text(random)),
                                Values.time(random),
                                Values.number(random))),
                Values.list(random, 4, () -> answer(random)),
                Values.list(random, 4, () -> Values.text(random)),
                Values.orNull(random, () -> Values.time(random)),
                Values.orNull(random, () -> Values.time(random)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsWrittenIsRead(long seed) {
        RandomGenerator random = Seeds.random(seed);
        ReplicaIdentity identity = identity(random);
        ReplicaReport report = report(random);
        assertThat(ReplicaIdentity.parse(identity.toBytes())).isEqualTo(identity);
        assertThat(ReplicaReport.parse(report.toBytes())).contains(report);
    }

    @Test
    void aTextThatEndsEarlyIsNeverTakenForTheWhole() {
        Values.truncated(identity(Seeds.random(1)).toBytes())
                .forEach(text -> assertThatThrownBy(() -> ReplicaIdentity.parse(text))
                        .as("%d bytes", text.length)
                        .isInstanceOf(JsonFormatException.class));
        Values.truncated(report(Seeds.random(1)).toBytes())
                .forEach(text -> assertThat(ReplicaReport.parse(text))
                        .as("%d bytes", text.length)
                        .isEmpty());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void damageIsReadOrRefusedButNothingElse(long seed) {
        RandomGenerator random = Seeds.random(seed);
        byte[] identity = identity(random).toBytes();
        byte[] report = report(random).toBytes();
        for (int i = 0; i < 50; i++) {
            byte[] damaged = Values.damaged(random, identity);
            try {
                assertThat(ReplicaIdentity.parse(damaged)).isNotNull();
            } catch (JsonFormatException expected) {
                assertThat(expected).hasMessageStartingWith(ReplicaIdentity.FILE);
            }
            assertThat(ReplicaReport.parse(Values.damaged(random, report))).isNotNull();
        }
    }

    @Test
    void anIdentityWithoutCompleteIsNoData() {
        ReplicaIdentity whole = identity(Seeds.random(1)).completed();
        assertThat(whole.complete()).isTrue();
        String text = new String(whole.toBytes(), StandardCharsets.UTF_8).replace("\"complete\"", "\"other\"");
        assertThat(ReplicaIdentity.parse(text.getBytes(StandardCharsets.UTF_8)).complete())
                .isFalse();
    }

    @Test
    void newerFormatsAreRefused() {
        byte[] newer = "{\"format\":2}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ReplicaIdentity.parse(newer))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("newer version");
        assertThat(ReplicaReport.parse(newer)).isEmpty();
    }

    /// A report is information, never a reason to fail.
    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "-99999999999", "1.5", "\"1\"", "{}", "null"})
    void aReportWithAWrongNumberIsNoReport(String number) {
        String text = new String(report(Seeds.random(1)).toBytes(), StandardCharsets.UTF_8)
                .replaceFirst("\"contract\":-?\\d+", "\"contract\":" + number);
        assertThat(ReplicaReport.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aReportRemembersOnlyTheNewestAnswers() {
        ReplicaReport report = ReportDraft.blank("r", null, "standby", "agent", null, null);
        for (int i = 0; i < 30; i++) {
            report = ReportDraft.of(report)
                    .answer(new ReplicaReport.Answer("request-" + i, "promoted", null, Instant.EPOCH))
                    .build();
        }
        List<String> expected =
                IntStream.range(10, 30).mapToObj(i -> "request-" + i).toList();
        assertThat(report.answers()).extracting(ReplicaReport.Answer::request).isEqualTo(expected);
    }

    @Test
    void aDraftChangesOneFactAndKeepsTheOthers() {
        ReplicaReport before = report(Seeds.random(3));
        assertThat(ReportDraft.of(before).build()).isEqualTo(before);
        assertThat(ReportDraft.of(before).phase("ended").build().phase()).isEqualTo("ended");
    }
}
