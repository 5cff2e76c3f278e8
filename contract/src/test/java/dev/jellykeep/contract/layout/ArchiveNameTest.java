package dev.jellykeep.contract.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.Seeds;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveNameTest {
    private static final Instant TIME = Instant.parse("2025-11-08T03:02:17Z");

    @Test
    void readsAndWritesTheNameInUtc() {
        assertThat(ArchiveName.parse("backup-20251108030217.tar.gz")).contains(new ArchiveName(TIME));
        assertThat(new ArchiveName(TIME.plusMillis(999))).hasToString("backup-20251108030217.tar.gz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "backup-20251108030217.tar",
                "backup-20251108030217.tar.zst",
                "backup-20251108030217.tar.gz.tmp",
                "backup-2025110803021.tar.gz",
                "backup-20251308030217.tar.gz",
                "backup-20250229030217.tar.gz",
                "backup-20251108240000.tar.gz",
                "backup-20251108030260.tar.gz",
                "backup-٢٠٢٥١١٠٨٠٣٠٢١٧.tar.gz",
                "Backup-20251108030217.tar.gz",
                "x/backup-20251108030217.tar.gz",
                "backup-20251108030217.tar.gz\n",
            })
    void isNotFooledByNamesThatLookAlike(String name) {
        assertThat(ArchiveName.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-08T03:02:18.5Z, 2025-11-08T03:02:18Z",
        "2025-11-08T03:02:17.9Z, 2025-11-08T03:02:18Z",
        "2025-11-08T01:00:00Z, 2025-11-08T03:02:18Z",
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    })
    void alwaysSortsAfterTheHeadEvenIfTheClockWentBack(Instant serviceTime, Instant expected) {
        assertThat(ArchiveName.next(serviceTime, Optional.of(new ArchiveName(TIME))))
                .isEqualTo(new ArchiveName(expected));
    }

    /// A stranger may have planted it, and saving must go on.
    @Test
    void nothingCanBeSavedAfterTheLastNameOfAll() {
        ArchiveName last = ArchiveName.parse("backup-99991231235959.tar.gz").orElseThrow();
        assertThatCode(() ->
                        assertThat(ArchiveName.next(TIME, Optional.of(last))).isEqualTo(new ArchiveName(TIME)))
                .doesNotThrowAnyException();
    }

    @Test
    void isTheServicesTimeWhereThereIsNoHead() {
        assertThat(ArchiveName.next(TIME, Optional.empty())).isEqualTo(new ArchiveName(TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void refusesATimeThatNoNameCanHold(Instant time) {
        assertThatThrownBy(() -> new ArchiveName(time)).hasMessageContaining("check the clock");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void readsBackWhatItWroteAndSortsAsItsText(long seed) {
        var random = Seeds.random(seed);
        ArchiveName one = new ArchiveName(Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L)));
        ArchiveName other = new ArchiveName(one.time().plusSeconds(random.nextLong(0, 100)));

        assertThat(ArchiveName.parse(one.toString())).contains(one);
        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
    }
}
