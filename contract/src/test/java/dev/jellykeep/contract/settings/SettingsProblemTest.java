package dev.jellykeep.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsProblemTest {
    private static final Map<Setting, String> ACCOUNT = Map.of(
            Setting.ACCOUNT_URL, "https://stfamily.blob.core.windows.net", Setting.CONTAINER, "jellyfin-backups");

    @Test
    void keepsRunningOnTheDefaultWhenAValueIsBad() {
        Parsed parsed = Settings.parse(Map.of(Setting.INTERVAL, "5", Setting.KEEP_LAST, "20"));

        assertThat(sentences(parsed))
                .containsExactly(
                        "JELLYKEEP_INTERVAL (--interval) is \"5\": a duration needs a unit;" + " write 5s, 5m or 5h.");
        assertThat(parsed.settings().schedule().interval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(parsed.settings().retention().last()).isEqualTo(20);
        assertThat(parsed.hasProblem(Concern.SCHEDULE)).isTrue();
        assertThat(parsed.hasProblem(Concern.RETENTION)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTERVAL | 500ms | it is too short; write at least 1s",
                "MAX_SHRINK_PERCENT | 101 | it is out of range; write a whole number from 0 to 100",
                "MAX_SHRINK_PERCENT | half | that isn't a whole number; write a whole number from 0 to 100",
                "KEEP_MINIMUM | 0 | it is out of range; write a whole number from 1 to 100000",
                "KEEP_LAST | -1 | it is out of range; write a whole number from 0 to 100000",
                "MANAGEMENT_PORT | 65536 | it is out of range; write a whole number from 0 to 65535",
                "ON_NO_BACKUP | startempty | that isn't one of its words; write StartEmpty or Fail",
                "LOG_FORMAT | text | that isn't one of its words; write auto or human or json",
                "ANY_DATA | yes | that is neither yes nor no; write true or false",
                "DATA_DIR | data | a relative path means another folder elsewhere; write it from the root on, as in /config",
                "DATA_DIR | / | the whole disk can't be the data folder; write the folder itself",
                "EXCLUDE | /log | a glob is relative to the data root; write it without the slash at the beginning",
                "APP_MIGRATION | latest | that isn't a migration's id; write one like 20250101000000_Name",
                "POLICY | family | that doesn't name a policy; write NAMESPACE/NAME",
                "FORMER_MAX_REPLICAS | many | that isn't a whole number; write a whole number from 0 to 2147483647",
                "FORMER_GRACE | 30 | a duration needs a unit; write 30s, 30m or 30h",
                "APP_HEALTH_URL | ftp://x/ | that isn't an http or https address; write one like http://127.0.0.1:8096/health, or none",
                "APP_HEALTH_URL | localhost | that isn't an address with scheme and host; write one like http://127.0.0.1:8096/health, or none",
                "HANDOFF_TIMEOUT | 5m | restore would give up before the hand-off does; write less than JELLYKEEP_RESTORE_TIMEOUT, which is 5m",
                "STALE_AFTER | 59s | a living replica would look gone; write at least twice JELLYKEEP_HEARTBEAT, which is 30s",
            })
    void saysWhatIsWrongAndWhatToWrite(Setting setting, String value, String reason) {
        assertThat(sentences(Settings.parse(Map.of(setting, value))))
                .containsExactly("%s (%s) is \"%s\": %s.".formatted(setting.env(), setting.flag(), value, reason));
    }

    @Test
    void refusesATemplateOfANewerOperator() {
        assertThat(sentences(Settings.parse(Map.of(Setting.CONTRACT, "2"))))
                .singleElement()
                .asString()
                .contains("too new for this agent, which knows contract versions up to 1");
        assertThat(Settings.parse(Map.of(Setting.CONTRACT, "1")).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://stfamily.blob.core.windows.net, https://stfamily.blob.core.windows.net",
        "https://stfamily.blob.core.windows.net/, https://stfamily.blob.core.windows.net",
        "https://acc.z12.blob.storage.azure.net, https://acc.z12.blob.storage.azure.net",
        "http://127.0.0.1:10000/devstoreaccount1, http://127.0.0.1:10000/devstoreaccount1",
        "http://localhost:10000/devstoreaccount1/, http://localhost:10000/devstoreaccount1",
        "http://[::1]:10000/devstoreaccount1, http://[::1]:10000/devstoreaccount1",
        "https://10.0.0.4:10000/devstoreaccount1, https://10.0.0.4:10000/devstoreaccount1",
    })
    void takesTheAddressOfAnAccount(String text, URI url) {
        Parsed parsed = Settings.parse(Map.of(Setting.ACCOUNT_URL, text, Setting.CONTAINER, "abc"));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings().storage().accountUrl()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://st.blob.core.windows.net/jellyfin-backups | the address goes on after the account; write https://st.blob.core.windows.net here, and jellyfin-backups as JELLYKEEP_CONTAINER",
                "http://127.0.0.1:10000/dev/backups | the address goes on after the account; write http://127.0.0.1:10000/dev here, and backups as JELLYKEEP_CONTAINER",
                "http://st.blob.core.windows.net | http would send the data in the clear; write https",
                "http://127.evil.example | http would send the data in the clear; write https",
                "http://10.0.0.4 | http would send the data in the clear; write https",
                "st.blob.core.windows.net | that isn't an address with scheme and host; write https://ACCOUNT.blob.core.windows.net",
                "stfamily | that isn't an address with scheme and host; write https://ACCOUNT.blob.core.windows.net",
                "abfss://st.dfs.core.windows.net | that isn't an https address; write https://ACCOUNT.blob.core.windows.net",
                "https://st blob | that isn't an address; write https://ACCOUNT.blob.core.windows.net",
            })
    void mendsTheAddressOfAnAccount(String text, String reason) {
        Parsed parsed = Settings.parse(Map.of(Setting.ACCOUNT_URL, text, Setting.CONTAINER, "abc"));
        assertThat(sentences(parsed))
                .containsExactly("JELLYKEEP_ACCOUNT_URL (--account-url) is \"%s\": %s.".formatted(text, reason));
        assertThat(parsed.settings().storage().accountUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://st.blob.core.windows.net/?sv=2024&sig=c2VjcmV0",
                "https://st.blob.core.windows.net/c?sv=2024&SIG=c2VjcmV0",
                "https://user:c2VjcmV0@st.blob.core.windows.net",
                "DefaultEndpointsProtocol=https;AccountName=st;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net",
                "BlobEndpoint=https://st.blob.core.windows.net;SharedAccessSignature=sv=x&sig=c2VjcmV0",
            })
    void neverShowsASecretThatWasPutInTheWrongPlace(String text) {
        for (Setting setting : Setting.values()) {
            Parsed parsed = Settings.parse(Map.of(setting, text));
            assertThat(sentences(parsed))
                    .noneSatisfy(sentence -> assertThat(sentence).contains("c2VjcmV0"));
        }
        assertThat(sentences(Settings.parse(Map.of(Setting.ACCOUNT_URL, text))))
                .first()
                .asString()
                .contains("not shown (it looks like a credential)", "AZURE_STORAGE_CONNECTION_STRING");
    }

    @Test
    void putsEndlessAndControlCharactersOnOneLine() {
        String sentence = sentences(Settings.parse(Map.of(Setting.INTERVAL, "1\n\u001b[31m" + "😀".repeat(500))))
                .getFirst();
        assertThat(sentence).contains("\"1??[31m").contains("…\"").hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Jellyfin", "a--b", "-ab", "ab-", "a_b", "$root", "a.b", "jellyfin/backups"})
    void refusesAContainerNameThatAzureRefuses(String name) {
        assertThat(sentences(Settings.parse(Map.of(Setting.CONTAINER, name))))
                .singleElement()
                .asString()
                .contains("write one like jellyfin-backups");
        assertThat(sentences(Settings.parse(Map.of(Setting.CONTAINER, "a".repeat(64)))))
                .hasSize(1);
        assertThat(Settings.parse(Map.of(Setting.CONTAINER, "a".repeat(63))).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "../a", "a/../b", "a//b", "a/./b", "..", "a/b.", "a\\b", "//"})
    void refusesAPrefixThatWouldMeanAnotherFolder(String prefix) {
        Parsed parsed = Settings.parse(Map.of(Setting.PREFIX, prefix));
        assertThat(parsed.problems()).hasSize(1);
        assertThat(parsed.settings().storage().prefix()).isEmpty();
    }

    @Test
    void takesAPrefixWithAndWithoutSlashAtTheEndForTheSame() {
        for (String prefix : List.of("media/jellyfin", "media/jellyfin/")) {
            assertThat(Settings.parse(Map.of(Setting.PREFIX, prefix))
                            .settings()
                            .storage()
                            .prefix())
                    .isEqualTo("media/jellyfin");
        }
    }

    /// A blob's name ends at 1024 characters: what is below the prefix needs the rest.
    @Test
    void refusesAPrefixThatLeavesNoRoomForNames() {
        String longest = "p".repeat(512);
        assertThat(Settings.parse(Map.of(Setting.PREFIX, longest)).problems()).isEmpty();
        assertThat(Settings.parse(Map.of(Setting.PREFIX, longest + "p")).problems())
                .hasSize(1);
    }

    @Test
    void usesNeitherAccountNorFolderWhereBothAreGiven() {
        Parsed parsed = Settings.parse(with(ACCOUNT, Setting.FOLDER, "/backups"));
        assertThat(sentences(parsed))
                .containsExactly("JELLYKEEP_FOLDER (--folder) is \"/backups\": a storage account is given too;"
                        + " remove either this or JELLYKEEP_ACCOUNT_URL and JELLYKEEP_CONTAINER.");
        assertThat(parsed.settings().storage()).isEqualTo(new StorageSettings(null, null, "", null));
    }

    @Test
    void saysWhenTheContainerIsMissing() {
        Parsed parsed = Settings.parse(Map.of(Setting.ACCOUNT_URL, "https://st.blob.core.windows.net"));
        assertThat(sentences(parsed))
                .containsExactly("JELLYKEEP_CONTAINER (--container) is missing: write the name of the blob container.");
    }

    @Test
    void saysWhatACommandLacks() {
        Settings nothing = Settings.defaults();
        assertThat(nothing.storage().missing(false))
                .extracting(Problem::setting)
                .containsExactly(Setting.ACCOUNT_URL);
        assertThat(nothing.storage().missing(true)).extracting(Problem::setting).containsExactly(Setting.CONTAINER);
        assertThat(nothing.app().missing()).extracting(Problem::setting).containsExactly(Setting.DATA_DIR);

        Settings folder = Settings.parse(Map.of(Setting.FOLDER, "backups")).settings();
        assertThat(folder.storage().missing(false)).isEmpty();
        assertThat(Settings.parse(ACCOUNT).settings().storage().missing(false)).isEmpty();
    }

    @Test
    void putsConfigurationIntoTheDataFolderUnlessSaidOtherwise() {
        AppSettings app =
                Settings.parse(Map.of(Setting.DATA_DIR, "/data/")).settings().app();
        assertThat(app.configDir()).isEqualTo(Path.of("/data/config"));
        assertThat(app.dataRoot()).contains(Path.of("/data"));
    }

    @Test
    void refusesFoldersThatCantLieOnOneVolume() {
        Parsed parsed = Settings.parse(Map.of(Setting.DATA_DIR, "/data", Setting.CONFIG_DIR, "/config"));
        assertThat(sentences(parsed))
                .singleElement()
                .asString()
                .startsWith("JELLYFIN_CONFIG_DIR (--config-dir) is \"/config\": it has no parent but / in common")
                .endsWith("write one like /data/config.");
    }

    @Test
    void asksForTheDataFolderOfALoneConfigurationFolder() {
        assertThat(Settings.parse(Map.of(Setting.CONFIG_DIR, "/config")).problems())
                .extracting(Problem::setting)
                .containsExactly(Setting.DATA_DIR);
        assertThat(Settings.parse(Map.of(Setting.CONFIG_DIR, "/config", Setting.DATA_DIR, "x"))
                        .problems())
                .extracting(Problem::setting)
                .containsExactly(Setting.DATA_DIR);
    }

    @Test
    void leavesOutOnlyTheGlobThatCantBeRead() {
        Parsed parsed = Settings.parse(Map.of(Setting.EXCLUDE, "metadata/**\r\n\n{a\n  *.tmp  \n"));
        assertThat(parsed.settings().globs().exclude()).containsExactly("metadata/**", "*.tmp");
        assertThat(sentences(parsed)).singleElement().asString().startsWith("JELLYKEEP_EXCLUDE (--exclude) is \"{a\":");
        assertThat(parsed.settings().globs().globs("").selects("metadata/x")).isFalse();
    }

    @Test
    void takesABlankValueForNoneAndStripsWhatPastingAdds() {
        Parsed parsed = Settings.parse(Map.of(Setting.INTERVAL, "  ", Setting.INITIAL_DELAY, " 1m\n"));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings().schedule())
                .isEqualTo(new ScheduleSettings(Duration.ofMinutes(15), Duration.ofMinutes(1), null));
    }

    @Test
    void aShortRestoreTimeoutIsRefused_forATimeThatNobodyWrote() {
        Parsed parsed = Settings.parse(Map.of(Setting.RESTORE_TIMEOUT, "90s"));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings().restore().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(parsed.settings().restore().handoffTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(Settings.fromEnv(parsed.settings().toEnv()).settings()).isEqualTo(parsed.settings());
    }

    @Test
    void aRestoreTimeoutAsLongAsTheHandOffIsShortToo() {
        Parsed parsed = Settings.parse(Map.of(Setting.RESTORE_TIMEOUT, "2m"));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings().restore().handoffTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void twoHeartbeatsAreEnoughToLookAlive() {
        assertThat(Settings.parse(Map.of(Setting.STALE_AFTER, "60s")).problems())
                .isEmpty();
    }

    @Test
    void takesBothTimesBackWhenTheyContradictEachOther() {
        Parsed parsed = Settings.parse(Map.of(Setting.RESTORE_TIMEOUT, "30s", Setting.HANDOFF_TIMEOUT, "1m"));
        assertThat(parsed.problems()).extracting(Problem::setting).containsExactly(Setting.HANDOFF_TIMEOUT);
        assertThat(parsed.settings().restore()).isEqualTo(Settings.defaults().restore());

        Parsed run = Settings.parse(Map.of(Setting.HEARTBEAT, "5m", Setting.GRACE, "30s"));
        assertThat(run.problems()).extracting(Problem::setting).containsExactly(Setting.STALE_AFTER);
        assertThat(run.settings().run().heartbeat()).isEqualTo(Duration.ofSeconds(30));
        assertThat(run.settings().run().grace()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsWhereTheAppsHealthComesFrom() {
        assertThat(health("none")).isEqualTo(new AppHealth.NotChecked());
        assertThat(health("http://jf:8096/base/health"))
                .isEqualTo(new AppHealth.At(URI.create("http://jf:8096/base/health")));
        assertThat(Settings.defaults().app().health()).isEqualTo(new AppHealth.FromNetworkConfig());
    }

    private static AppHealth health(String text) {
        return Settings.parse(Map.of(Setting.APP_HEALTH_URL, text))
                .settings()
                .app()
                .health();
    }

    private static List<String> sentences(Parsed parsed) {
        return parsed.problems().stream().map(Problem::sentence).toList();
    }

    private static Map<Setting, String> with(Map<Setting, String> texts, Setting setting, String text) {
        Map<Setting, String> more = new EnumMap<>(texts);
        more.put(setting, text);
        return more;
    }
}
