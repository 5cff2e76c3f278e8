package dev.jellykeep.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsEnvTest {
    @ParameterizedTest
    @CsvSource({
        "JELLYKEEP_INTERVALL, JELLYKEEP_INTERVAL",
        "JELLYKEEP_KEEP_DIALY, JELLYKEEP_KEEP_DAILY",
        "JELLYKEEP_PLOL, JELLYKEEP_POLL",
        "JELLYKEEP_KEEP_HEARLY, JELLYKEEP_KEEP_YEARLY",
        "JELLYKEEP_ACCOUNTURL, JELLYKEEP_ACCOUNT_URL",
        "JELLYKEEP_DATA_DIR, JELLYFIN_DATA_DIR",
        "JELLYKEEP_AZURE_CLIENT_ID, AZURE_CLIENT_ID",
        "jellykeep_interval, JELLYKEEP_INTERVAL",
    })
    void suggestsTheVariableThatWasMeant(String name, String meant) {
        assertThat(Settings.fromEnv(Map.of(name, "x")).unknown())
                .singleElement()
                .satisfies(unknown -> {
                    assertThat(unknown.suggestion()).contains(meant);
                    assertThat(unknown.sentence())
                            .isEqualTo(name + " is no setting of this version: did you mean " + meant + "?");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"JELLYKEEP_COLOUR_OF_LOGO", "JELLYKEEP_PLOLXY"})
    void suggestsNothingWhereNothingIsNear(String name) {
        assertThat(Settings.fromEnv(Map.of(name, "red")).unknown())
                .singleElement()
                .satisfies(unknown -> {
                    assertThat(unknown.suggestion()).isEmpty();
                    assertThat(unknown.sentence()).startsWith(name + " is no setting of this version");
                });
    }

    @Test
    void neverWarnsAboutVariablesOfOthers() {
        Parsed parsed = Settings.fromEnv(Map.of(
                "AZURE_STORAGE_CONNECTION_STRING", "AccountKey=x",
                "AZURE_CLIENT_ID", "id",
                "JELLYFIN_LOG_DIR", "/config/log",
                "PATH", "/bin"));
        assertThat(parsed.unknown()).isEmpty();
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings().toEnv()).isEmpty();
    }

    @Test
    void takesTheReplicasNameFromThePlatformUnlessGiven() {
        assertThat(replicaName(Map.of("CONTAINER_APP_REPLICA_NAME", "jf--1-a"))).isEqualTo("jf--1-a");
        assertThat(replicaName(Map.of("CONTAINER_APP_REPLICA_NAME", "jf--1-a", "JELLYKEEP_REPLICA_NAME", "mine")))
                .isEqualTo("mine");
        assertThat(replicaName(Map.of("CONTAINER_APP_REPLICA_NAME", "jf--1-a", "JELLYKEEP_REPLICA_NAME", "")))
                .isEqualTo("jf--1-a");
    }

    private static String replicaName(Map<String, String> env) {
        return String.valueOf(Settings.fromEnv(env).settings().injection().replicaName());
    }

    @Test
    void writesOnlyWhatDiffersFromTheDefaults() {
        Settings settings = Settings.parse(Map.of(
                        Setting.INTERVAL, "900s",
                        Setting.KEEP_LAST, "9",
                        Setting.DATA_DIR, "/data",
                        Setting.CONFIG_DIR, "/data/config",
                        Setting.APP_HEALTH_URL, "none",
                        Setting.EXCLUDE, "a\nb"))
                .settings();
        assertThat(settings.toEnv())
                .containsExactly(
                        Map.entry("JELLYFIN_DATA_DIR", "/data"),
                        Map.entry("JELLYKEEP_APP_HEALTH_URL", "none"),
                        Map.entry("JELLYKEEP_EXCLUDE", "a\nb"),
                        Map.entry("JELLYKEEP_KEEP_LAST", "9"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void readsBackWhatTheOperatorWrites(long seed) {
        Map<Setting, String> texts = texts(Seeds.random(seed));
        Parsed parsed = Settings.parse(texts);
        assertThat(parsed.problems()).as("generated texts are good").isEmpty();

        Parsed again = Settings.fromEnv(parsed.settings().toEnv());

        assertThat(again).isEqualTo(parsed);
        assertThat(again.settings().toEnv()).isEqualTo(parsed.settings().toEnv());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void neverFailsWhateverTheTextsAre(long seed) {
        RandomGenerator random = Seeds.random(seed);
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            texts.put(setting, Seeds.word(random, "aZ0159-_./\\:*?[]{}!,%&=# \n\u0000ä😀hmsKi", 0, 12));
        }
        Settings settings = Settings.parse(texts).settings();
        assertThat(Settings.fromEnv(settings.toEnv()).settings()).isEqualTo(settings);
    }

    private static Map<Setting, String> texts(RandomGenerator random) {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (random.nextBoolean()) {
                texts.put(setting, text(setting, random));
            }
        }
        agree(texts);
        return texts;
    }

    private static String text(Setting setting, RandomGenerator random) {
        return switch (setting) {
            case ACCOUNT_URL -> "https://" + word(random) + ".blob.core.windows.net/";
            case PREFIX -> word(random) + "/ä " + word(random);
            case DATA_DIR -> "/mnt/" + word(random) + "/../" + word(random);
            case CONFIG_DIR -> "/mnt/" + word(random);
            case APP ->
                "/subscriptions/%s/resourceGroups/RG/providers/Microsoft.App/containerApps/%s"
                        .formatted(new UUID(random.nextLong(), random.nextLong()), word(random));
            case APP_HEALTH_URL -> Seeds.oneOf(random, List.of("none", "http://localhost:8096/x/health", "HTTPS://h"));
            case NOTIFY_HEARTBEAT_URL, NOTIFY_WEBHOOK_URL ->
                Seeds.oneOf(random, List.of("https://u:p@h/", "http://h:8080/")) + word(random) + "?a=b";
            case POLICY -> word(random) + "/" + word(random);
            case CONTRACT -> "1";
            case FORMER_GRACE -> Seeds.oneOf(random, List.of("none", "30s"));
            case FORMER_MAX_REPLICAS -> Seeds.oneOf(random, List.of("none", "10"));
            case APP_MIGRATION -> "20250420000000_" + word(random);
            case MAX_SHRINK_PERCENT -> Integer.toString(random.nextInt(101));
            case HANDOFF_TIMEOUT -> random.nextInt(0, 300) + "s";
            case RESTORE_TIMEOUT -> random.nextInt(300, 3_000) + "s";
            case HEARTBEAT -> random.nextInt(100, 60_000) + "ms";
            case STALE_AFTER -> random.nextInt(120, 3_000) + "s";
            case ON_NO_BACKUP -> Seeds.oneOf(random, List.of("StartEmpty", "Fail"));
            case LOG_FORMAT -> Seeds.oneOf(random, List.of("auto", "human", "json"));
            default ->
                switch (setting.kind()) {
                    case DURATION ->
                        random.nextInt(1, 100) + Seeds.oneOf(random, List.of("s", "m", "h", "h30m", "m1ns"));
                    case SIZE -> random.nextInt(10_000) + Seeds.oneOf(random, List.of("", "Ki", "M", "Gi", "T"));
                    case WHOLE_NUMBER -> Integer.toString(random.nextInt(1, 60_000));
                    case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
                    case GLOBS -> word(random) + "/**\n*." + word(random) + "\n{a,b}[!c]?";
                    case FLAG -> Seeds.oneOf(random, List.of("true", "false"));
                    case PATH -> Seeds.oneOf(random, List.of("/", "./")) + word(random);
                    case TEXT, URL, CHOICE -> word(random);
                };
        };
    }

    /// Takes back what can't go together.
    private static void agree(Map<Setting, String> texts) {
        if (texts.containsKey(Setting.ACCOUNT_URL)) {
            texts.putIfAbsent(Setting.CONTAINER, "backups");
        }
        if (texts.containsKey(Setting.CONTAINER)) {
            texts.remove(Setting.FOLDER);
        }
        if (texts.containsKey(Setting.CONFIG_DIR)) {
            texts.putIfAbsent(Setting.DATA_DIR, "/mnt/data");
        }
    }

    private static String word(RandomGenerator random) {
        return Seeds.word(random, "abcdefghijklmnopqrstuvwxyz0123456789", 3, 12);
    }
}
