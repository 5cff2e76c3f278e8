package dev.jellykeep.contract.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.ParsedText;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineageIdTest {
    private static final String APP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/media"
            + "/providers/Microsoft.App/containerApps/jellyfin";

    /// `python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('11fb06fb-712d-4ddd-98c7-e71bbd588830'),
    /// '/subscriptions/…'.lower()))"`
    private static final LineageId BY_PYTHON = new LineageId(UUID.fromString("36c66781-1f81-583c-8d45-9ff7fd622cb3"));

    @Test
    void isWhatOtherToolsCompute() {
        assertThat(LineageId.ofApp(app(APP))).isEqualTo(BY_PYTHON);
        assertThat(BY_PYTHON.value().version()).isEqualTo(5);
        assertThat(BY_PYTHON.value().variant()).isEqualTo(2);
    }

    @Test
    void isTheSameHoweverArmSpellsTheApp() {
        assertThat(LineageId.ofApp(app(APP.toUpperCase(Locale.ROOT)))).isEqualTo(BY_PYTHON);
    }

    @Test
    void isTheSameOnAMachineSetToTurkish() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr", "TR"));
        try {
            assertThat(LineageId.ofApp(app(APP.toUpperCase(Locale.ROOT)))).isEqualTo(BY_PYTHON);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void differsForAnotherApp() {
        assertThat(LineageId.ofApp(app(APP + "2"))).isNotEqualTo(BY_PYTHON);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(LineageId.parse(BY_PYTHON.toString())).isEqualTo(ParsedText.ok(BY_PYTHON));
        assertThat(LineageId.parse(BY_PYTHON.toString().toUpperCase(Locale.ROOT)))
                .isEqualTo(ParsedText.ok(BY_PYTHON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-2-3-4-5", "jellyfin", "{09d6bdd3-9aa4-5d99-8a5e-5847923fa62e}"})
    void refusesWhatIsNoUuid(String text) {
        assertThat(LineageId.parse(text)).isInstanceOf(ParsedText.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jellyfin",
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/containerApps",
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/containerApps/a/",
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/containerApps/a/revisions/b",
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/jobs/a",
                "subscriptions/s/resourceGroups/rg/providers/Microsoft.App/containerApps/a",
            })
    void refusesWhatIsNoContainerApp(String text) {
        assertThat(AppResourceId.parse(text)).isInstanceOf(ParsedText.Bad.class);
    }

    @Test
    void neverHoldsAnIdThatComparesUnequalToItself() {
        assertThatThrownBy(() -> new AppResourceId(APP)).isInstanceOf(IllegalArgumentException.class);
        assertThat(app(APP)).isEqualTo(app(APP.toLowerCase(Locale.ROOT)));
    }

    private static AppResourceId app(String text) {
        return AppResourceId.parse(text).orThrow();
    }
}
