package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.Values;
import dev.jellykeep.contract.lineage.Archived;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveFactsTest {
    private static final String PRINTABLE = "abcXYZ019-_./:+ ~!\"#%&{}=;,";

    private static String ascii(RandomGenerator random) {
        return "x" + Seeds.word(random, PRINTABLE, 0, 20) + "y";
    }

    private static ArchiveFacts any(RandomGenerator random, @Nullable String free) {
        return new ArchiveFacts(
                Values.uuid(random),
                Values.uuid(random).toString(),
                Values.count(random),
                Values.count(random),
                Values.orNull(random, () -> ascii(random)),
                Seeds.oneOf(random, List.of(ArchiveKind.values())),
                Values.time(random),
                ascii(random),
                ascii(random),
                Values.count(random),
                Values.count(random),
                Values.count(random),
                Values.orNull(random, () -> ascii(random)),
                free,
                Values.orNull(random, () -> ascii(random)),
                Values.orNull(random, () -> ascii(random)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void whatIsWrittenIsRead(long seed) {
        RandomGenerator random = Seeds.random(seed);
        ArchiveFacts facts = any(random, ascii(random));
        assertThat(ArchiveFacts.from(facts.toMetadata())).contains(facts);
    }

    /// A header with a line break or of other than ASCII would make the whole upload fail.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void anyTextIsFitForAHeader(long seed) {
        RandomGenerator random = Seeds.random(seed);
        Map<String, String> metadata = any(random, Values.text(random)).toMetadata();
        assertThat(metadata.keySet()).allMatch(key -> key.matches("[a-z][a-z0-9]*"));
        assertThat(metadata.values()).allMatch(value -> value.matches("[!-~]([ -~]*[!-~])?"));
        assertThat(ArchiveFacts.from(metadata)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lineage",
                "owner",
                "epoch",
                "sequence",
                "kind",
                "taken",
                "sha256",
                "content",
                "bytes",
                "entries",
                "users",
                "jellykeep"
            })
    void factsWithAHoleOrNonsenseAreNoFacts(String key) {
        Map<String, String> metadata = any(Seeds.random(1), null).toMetadata();
        Map<String, String> without = new HashMap<>(metadata);
        without.remove(key);
        assertThat(ArchiveFacts.from(without)).isEmpty();
        if (!List.of("owner", "sha256", "content").contains(key)) {
            for (String nonsense : List.of("", "x", "1.5", "99999999999999999999", "2026-13-01T00:00:00Z")) {
                metadata.put(key, nonsense);
                assertThat(ArchiveFacts.from(metadata))
                        .as("%s=%s", key, nonsense)
                        .isEmpty();
            }
        }
    }

    @Test
    void aNewerFormatAndForeignMetadataAreNotGuessed() {
        Map<String, String> metadata = any(Seeds.random(1), null).toMetadata();
        metadata.put(ArchiveFacts.MARK, "2");
        assertThat(ArchiveFacts.from(metadata)).isEmpty();
        assertThat(ArchiveFacts.from(Map.of("hdi_isfolder", "true"))).isEmpty();
    }

    @Test
    void unknownKeysAreIgnored() {
        ArchiveFacts facts = any(Seeds.random(1), null);
        Map<String, String> metadata = facts.toMetadata();
        metadata.put("later", "x");
        assertThat(ArchiveFacts.from(metadata)).contains(facts);
    }

    /// A whole archive of other data under this one's name would pass every digest of its own.
    @Test
    void aHeaderOfAnotherPlaceInTheLineageIsNotThisArchives() {
        ArchiveFacts facts = any(Seeds.random(1), null);
        UUID lineage = facts.lineage();
        String owner = facts.owner();
        String parent = facts.parent();
        assertThat(facts.describes(header(lineage, owner, facts.epoch(), facts.sequence(), parent)))
                .isTrue();
        assertThat(List.of(
                        header(new UUID(1, 2), owner, facts.epoch(), facts.sequence(), parent),
                        header(lineage, "other", facts.epoch(), facts.sequence(), parent),
                        header(lineage, owner, facts.epoch() + 1, facts.sequence(), parent),
                        header(lineage, owner, facts.epoch(), facts.sequence() + 1, parent),
                        header(lineage, owner, facts.epoch(), facts.sequence(), "other")))
                .noneMatch(facts::describes);
    }

    private static ArchiveHeader header(
            UUID lineage, String owner, long epoch, long sequence, @Nullable String parent) {
        return new ArchiveHeader(
                lineage,
                owner,
                epoch,
                sequence,
                parent,
                ArchiveKind.SCHEDULED,
                null,
                new Roles("", ""),
                Instant.EPOCH,
                "agent");
    }

    @Test
    void thePlaceInTheLineageIsUnderTheBlobsName() {
        ArchiveFacts facts = any(Seeds.random(1), null);
        assertThat(facts.archived("name"))
                .isEqualTo(new Archived(
                        "name",
                        facts.lineage(),
                        facts.owner(),
                        facts.epoch(),
                        facts.sequence(),
                        facts.parent(),
                        facts.sha256(),
                        facts.pinToken()));
    }

    /// A stranger may write any number, and a document that lists a negative one can't be read again.
    @ParameterizedTest
    @ValueSource(strings = {"epoch", "sequence", "bytes", "entries", "users"})
    void anArchiveWithANegativeNumberGetsIntoTheLineage(String key) {
        Map<String, String> metadata = any(Seeds.random(1), null).toMetadata();
        metadata.put(key, "-1");
        assertThat(ArchiveFacts.from(metadata)).isEmpty();
        metadata.put(key, "0");
        assertThat(ArchiveFacts.from(metadata)).isPresent();
    }
}
