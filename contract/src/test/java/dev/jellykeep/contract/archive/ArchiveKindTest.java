package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveKindTest {
    @Test
    void keepsTheNamesThatExistingArchivesCarry() {
        assertThat(Arrays.stream(ArchiveKind.values()).map(ArchiveKind::wireName))
                .containsExactly(
                        "scheduled", "first", "requested", "handoff", "final", "pre-rollout", "manual", "adopted");
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(ArchiveKind kind) {
        assertThat(ArchiveKind.ofWireName(kind.wireName())).contains(kind);
    }

    @Test
    void isNotGuessedWhereANewerVersionWroteIt() {
        assertThat(ArchiveKind.ofWireName("hourly")).isEmpty();
        assertThat(ArchiveKind.ofWireName("FINAL")).isEmpty();
    }
}
