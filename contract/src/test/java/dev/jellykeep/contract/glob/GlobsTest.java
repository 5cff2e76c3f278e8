package dev.jellykeep.contract.glob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobsTest {
    private static final Globs OFFICIAL = new Globs(List.of(), List.of(), "");
    private static final Globs LINUXSERVER = new Globs(List.of(), List.of(), "data");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/jellyfin.db",
                "data/.jellyfin-data",
                "config/system.xml",
                "config/logging.json",
                "metadata/library/ab/log",
                "plugins/cache/x.dll",
                "root/default/Films/options.xml",
                "log",
                "data/backups.txt",
                "data/library.db",
                "older",
            })
    void savesWhatJellyfinNeeds(String path) {
        assertThat(OFFICIAL.selects(path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "log/log_20260101.log, log/log_20260101.log",
        "cache/images/x, cache/images/x",
        "transcodes/1.ts, data/transcodes/1.ts",
        "data/backups/jellyfin-backup-1.zip, data/data/backups/jellyfin-backup-1.zip",
        "data/SQLiteBackups/1_jellyfin.db, data/data/SQLiteBackups/1_jellyfin.db",
        "data/library.db.old, data/data/library.db.old",
        ".jellykeep/replica.json, .jellykeep/replica.json",
    })
    void leavesOutWhatJellyfinMakesAgainInEveryLayout(String official, String linuxserver) {
        assertThat(OFFICIAL.selects(official)).isFalse();
        assertThat(LINUXSERVER.selects(linuxserver)).isFalse();
    }

    @Test
    void doesNotTakeAFolderOfAnotherLevelForADefaultExclusion() {
        assertThat(LINUXSERVER.selects("data/backups/x")).isTrue();
        assertThat(LINUXSERVER.selects("data/data/jellyfin.db")).isTrue();
        assertThat(OFFICIAL.selects("data/transcodes/x")).isTrue();
    }

    @Test
    void keepsAnExcludedFolderButNothingInIt() {
        assertThat(OFFICIAL.selects("cache")).isTrue();
        assertThat(OFFICIAL.skips("cache")).isTrue();
    }

    @Test
    void savesWhatTheUserIncludesEvenIfExcluded() {
        Globs globs = new Globs(globs("log/keep/**", "data/*.old"), globs("log/**", "metadata/"), "");
        assertThat(globs.selects("log/keep/x")).isTrue();
        assertThat(globs.selects("log/x")).isFalse();
        assertThat(globs.selects("data/library.db.old")).isTrue();
        assertThat(globs.selects("metadata/x")).isFalse();
        assertThat(globs.skips("log")).isFalse();
        assertThat(globs.skips("log/other")).isTrue();
        assertThat(globs.skips("metadata")).isTrue();
        assertThat(globs.skips("data")).isFalse();
    }

    @Test
    void neverSavesTheIdentityOfAReplica() {
        Globs globs = new Globs(globs("**", ".jellykeep/**"), List.of(), "");
        assertThat(globs.selects(".jellykeep")).isFalse();
        assertThat(globs.selects(".jellykeep/replica.json")).isFalse();
        assertThat(globs.skips(".jellykeep")).isTrue();
        assertThat(globs.selects(".jellykeeper")).isTrue();
    }

    @Test
    void readsADataFolderWhoseNameLooksLikeAGlob() {
        Globs globs = new Globs(List.of(), List.of(), "[x]*{y}");
        assertThat(globs.selects("[x]*{y}/data/backups/a")).isFalse();
        assertThat(globs.selects("xz/data/backups/a")).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void skipsNoFolderThatHoldsSomethingToSave(long seed) {
        RandomGenerator random = Seeds.random(seed);
        List<String> some =
                List.of("a/**", "a", "**/b", "a/*/b", "{a,b}/c", "*/a*", "**", "c/b/**/a", "[ab]/**", "log/a");
        Globs globs = new Globs(
                globs(Seeds.oneOf(random, some)), globs(Seeds.oneOf(random, some), Seeds.oneOf(random, some)), "c");
        for (int i = 0; i < 300; i++) {
            String folder = path(random);
            String below = folder + "/" + path(random);
            if (globs.skips(folder)) {
                assertThat(globs.selects(below))
                        .as("%s below %s", below, folder)
                        .isFalse();
            }
        }
    }

    private static String path(RandomGenerator random) {
        List<String> names = List.of("a", "b", "c", "ab", "log", "x.old");
        StringBuilder path = new StringBuilder(Seeds.oneOf(random, names));
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            path.append('/').append(Seeds.oneOf(random, names));
        }
        return path.toString();
    }

    private static List<Glob> globs(String... texts) {
        return List.of(texts).stream().map(t -> Glob.parse(t).orThrow()).toList();
    }
}
