package dev.jellykeep.contract.glob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefaultExclusionsTest {
    @Test
    void logsAndCachesAreSavedWhereJellyfinsDataAreInAFolderOfTheirOwn() {
        assertThat(DefaultExclusions.of("data"))
                .contains("log/", "cache/", "data/log/", "data/cache/", "data/data/backups/", "**/*.old")
                .doesNotHaveDuplicates();
    }

    @Test
    void aPatternIsThereTwiceWhereThereIsOneFolder() {
        assertThat(DefaultExclusions.of(""))
                .contains("log/", "cache/", "data/backups/", "**/*.old")
                .doesNotHaveDuplicates();
    }
}
