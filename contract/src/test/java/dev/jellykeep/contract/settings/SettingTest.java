package dev.jellykeep.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.retention.RetentionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
    @Test
    void hasTheNamesThatTemplatesAlreadyUse() {
        assertThat(Setting.ACCOUNT_URL.env()).isEqualTo("JELLYKEEP_ACCOUNT_URL");
        assertThat(Setting.DATA_DIR.env()).isEqualTo("JELLYFIN_DATA_DIR");
        assertThat(Setting.CONFIG_DIR.env()).isEqualTo("JELLYFIN_CONFIG_DIR");
        assertThat(Setting.DATA_DIR.flag()).isEqualTo("--data-dir");
        assertThat(Setting.MAX_SHRINK_PERCENT.flag()).isEqualTo("--max-shrink-percent");
    }

    @Test
    void hasOneNameForOneThing() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::env)).doesNotHaveDuplicates();
    }

    @Test
    void hasTheDefaultsOfTheDesign() {
        Settings defaults = Settings.defaults();
        assertThat(defaults.retention()).isEqualTo(new RetentionRules(8, 0, 14, 8, 6, 0, null, 3));
        assertThat(defaults.schedule().interval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(defaults.schedule().initialDelay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(defaults.schedule().recoveryPoint()).isEqualTo(Duration.ofMinutes(30));
        assertThat(defaults.guards()).isEqualTo(new GuardSettings(51_200, 50, false));
        assertThat(defaults.restore())
                .isEqualTo(new RestoreSettings(OnNoBackup.START_EMPTY, Duration.ofMinutes(5), Duration.ofMinutes(2)));
        assertThat(defaults.run())
                .isEqualTo(new RunSettings(
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        8097,
                        LogFormat.AUTO));
        assertThat(defaults.limits()).isEqualTo(new LimitSettings(2_000_000, 1L << 40));
        assertThat(defaults.toEnv()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void writesItsDefaultAsItWouldWriteAValue(Setting setting) {
        assertThat(SettingsTexts.of(Settings.defaults()).get(setting))
                .isEqualTo(setting.defaultText().orElse(null));
    }

    @ParameterizedTest
    @EnumSource
    void describesItselfInOneSentence(Setting setting) {
        assertThat(setting.description()).matches("[A-Z].*[^.]").hasSizeLessThan(130);
    }

    @ParameterizedTest
    @EnumSource
    void refusesNonsenseWithASentenceThatNamesVariableFlagAndValue(Setting setting) {
        String nonsense = "\u0001{";
        Parsed parsed = Settings.parse(Map.of(setting, nonsense));

        if (setting != Setting.FOLDER) {
            assertThat(parsed.problems()).anySatisfy(problem -> {
                assertThat(problem.setting()).isEqualTo(setting);
                assertThat(problem.sentence())
                        .startsWith(setting.env() + " (" + setting.flag() + ") is "
                                + (setting.secret() ? "not shown: " : "\"?{\": "))
                        .endsWith(".");
            });
        }
        assertThat(parsed.settings().toEnv()).doesNotContainKey("JELLYFIN_DATA_DIR");
    }

    @Test
    void aSecretSettingIsShownNeitherWhereItIsGoodNorWhereItIsWrong() {
        for (Setting setting : List.of(Setting.NOTIFY_HEARTBEAT_URL, Setting.NOTIFY_WEBHOOK_URL)) {
            assertThat(setting.secret()).isTrue();
            assertThat(Settings.parse(Map.of(setting, "htp:/hunter2"))
                            .problems()
                            .toString())
                    .doesNotContain("hunter2");
            assertThat(Settings.parse(Map.of(setting, "https://x/hunter2"))
                            .settings()
                            .toString())
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void rendersNothingThatHoldsForOneReplicaOrOneMachineOnly() {
        assertThat(Setting.FOLDER.rendered()).isFalse();
        assertThat(Setting.REPLICA_NAME.rendered()).isFalse();
        assertThat(Setting.LINEAGE.rendered()).isTrue();
    }

    @Test
    void findsTheDataRootOfEveryKnownLayout() {
        assertThat(app("/config", "/config/config").dataRoot()).contains(Path.of("/config"));
        assertThat(app("/config", "/config/config").dataFolder()).isEmpty();
        assertThat(app("/config/data", "/config").dataRoot()).contains(Path.of("/config"));
        assertThat(app("/config/data", "/config").dataFolder()).isEqualTo("data");
        assertThat(app("/srv/a/data", "/srv/b/config").dataRoot()).contains(Path.of("/srv"));
        assertThat(app("/srv/a/data", "/srv/b/config").dataFolder()).isEqualTo("a/data");
    }

    private static AppSettings app(String dataDir, String configDir) {
        return Settings.parse(Map.of(Setting.DATA_DIR, dataDir, Setting.CONFIG_DIR, configDir))
                .settings()
                .app();
    }

    @Test
    void holdsNoHalfAnApp() {
        assertThatThrownBy(() ->
                        new AppSettings(Path.of("/data"), null, null, null, new AppHealth.NotChecked(), null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Settings.defaults().app().dataRoot()).isEmpty();
        assertThat(Settings.defaults().app().dataFolder()).isEmpty();
    }

    @Test
    void measuresAgainstTheStatedRecoveryPoint() {
        Settings settings = Settings.parse(Map.of(Setting.RECOVERY_POINT, "1h")).settings();
        assertThat(settings.schedule().recoveryPoint()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void tellsWhichVariablesAreSecrets() {
        assertThat(Arrays.stream(EcosystemVariable.values()).filter(EcosystemVariable::secret))
                .containsExactly(
                        EcosystemVariable.AZURE_STORAGE_CONNECTION_STRING, EcosystemVariable.AZURE_STORAGE_SAS_TOKEN);
        assertThat(Arrays.stream(EcosystemVariable.values()).map(Enum::name))
                .doesNotContainAnyElementsOf(
                        Arrays.stream(Setting.values()).map(Setting::env).toList());
    }
}
