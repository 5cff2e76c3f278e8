package dev.jellykeep.contract.jellyfin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.jellyfin.JellyfinVersion.Fit;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Data that a newer version has migrated must not reach an older one; and no healthy server may be stopped by a guess.
class JellyfinVersionTest {
    @ParameterizedTest
    @CsvSource({
        "10.9.11, 20230923170422",
        "10.10.0, 20240928082930",
        "10.10.7, 20240928082930",
        "10.11.0, 20251009200000",
        "10.11.6, 20251009200000",
        "10.11.7, 20260206200000",
        "10.11.9, 20260206200000",
        "10.11.10, 20260524120336",
        "10.11.11, 20260524120336"
    })
    void eachReleaseKnowsTheMigrationsThatItShipped(String version, String migration) {
        assertThat(version(version).newestMigration()).contains(migration);
        assertThat(version(version).fit(migration + "_Name", null)).isEqualTo(Fit.FITS);
    }

    @Test
    void dataOfANewerReleaseDoNotFitAnOlderOne() {
        assertThat(version("10.10.7").fit("20251009200000_X", "10.11.3")).isEqualTo(Fit.TOO_NEW);
        assertThat(version("10.11.6").fit("20260206200000_X", null)).isEqualTo(Fit.TOO_NEW);
        assertThat(version("10.11.3").fit("20240928082930_X", "10.10.7")).isEqualTo(Fit.FITS);
    }

    @Test
    void whatTheTableDoesNotKnowIsNotJudged() {
        assertThat(version("12.0.0").fit("20990101000000_X", null)).isEqualTo(Fit.UNKNOWN);
        assertThat(version("10.11.12").newestMigration()).isEmpty();
        assertThat(version("10.10.7").fit(null, null)).isEqualTo(Fit.UNKNOWN);
    }

    /// Of an id the time that it begins with counts; what is shorter has none.
    @Test
    void migrationsAreComparedByTheirFourteenDigits() {
        String newest = "20251009200000";
        assertThat(Fit.of(newest, newest)).isEqualTo(Fit.FITS);
        assertThat(Fit.of(newest + "_Z", newest + "_A")).isEqualTo(Fit.FITS);
        assertThat(Fit.of("20251009200001", newest)).isEqualTo(Fit.TOO_NEW);
        assertThat(Fit.of("2025100920000", newest)).isEqualTo(Fit.UNKNOWN);
        assertThat(Fit.of(newest, "2025100920000")).isEqualTo(Fit.UNKNOWN);
        assertThat(version("10.11.3.0")).hasToString("10.11.3");
    }

    @Test
    void whatAVersionHasWrittenItselfFitsItEvenIfTheTableIsWrong() {
        assertThat(version("10.10.7").fit("20990101000000_X", "10.10.7")).isEqualTo(Fit.FITS);
        assertThat(version("10.10.7").fit("20990101000000_X", "10.10.8")).isEqualTo(Fit.TOO_NEW);
    }

    @Test
    void onlyReleasesAreVersions() {
        for (String text : new String[] {"10.11", "latest", "10.11.0-rc5", "", "v10.11.3", "10.11.3.20260101"}) {
            assertThat(JellyfinVersion.parse(text)).as(text).isEmpty();
        }
        assertThat(JellyfinVersion.parse(null)).isEmpty();
        assertThat(JellyfinVersion.parse("10.11.3.0")).contains(version("10.11.3"));
        assertThat(version("10.9.11")).isLessThan(version("10.10.0"));
    }

    @Test
    void whatIsKnownOfRevisionsIsReadBackAndTheNewestAreKept() {
        RevisionVersions known = RevisionVersions.none();
        for (int i = 10; i < 40; i++) {
            known = known.with(Map.of("jellyfin--00000" + i, "10.11." + i));
        }
        assertThat(RevisionVersions.parse(known.toBytes())).isEqualTo(known);
        assertThat(new TreeMap<>(known.versions()).firstKey()).isEqualTo("jellyfin--0000020");
        assertThat(known.of("jellyfin--0000039")).contains(version("10.11.39"));
        assertThat(known.of("jellyfin--0000010")).isEmpty();
    }

    @Test
    void aDocumentThatCannotBeReadSaysNothing() {
        for (String text : new String[] {"", "{", "{\"format\": 2, \"revisions\": []}", "{\"format\": 1}"}) {
            assertThat(RevisionVersions.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isEqualTo(RevisionVersions.none());
        }
    }

    private static JellyfinVersion version(String text) {
        return JellyfinVersion.parse(text).orElseThrow();
    }
}
