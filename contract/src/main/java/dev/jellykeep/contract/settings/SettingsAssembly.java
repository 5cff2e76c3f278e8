package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.glob.Glob;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.retention.RetentionRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes settings of their texts: each by its own rule, then those that have to agree.
final class SettingsAssembly {
    static final String NONE = "none";

    private static final Function<String, ParsedText<Duration>> ANY = ValueRules.duration(Duration.ZERO);
    private static final Function<String, ParsedText<Duration>> SECOND = ValueRules.duration(Duration.ofSeconds(1));
    private static final Function<String, ParsedText<Duration>> TICK = ValueRules.duration(Duration.ofMillis(100));
    private static final Function<String, ParsedText<Integer>> COUNT = ValueRules.wholeNumber(0, 100_000);

    private final SettingsReader reader;

    private SettingsAssembly(SettingsReader reader) {
        this.reader = reader;
    }

    static Settings assemble(SettingsReader reader) {
        return new SettingsAssembly(reader).settings();
    }

    static Path defaultConfigDir(Path dataDir) {
        return dataDir.resolve("config");
    }

    private Settings settings() {
        return new Settings(
                storage(),
                app(),
                injection(),
                schedule(),
                guards(),
                globs(),
                retention(),
                restore(),
                run(),
                alerts(),
                limits());
    }

    private StorageSettings storage() {
        URI accountUrl = reader.optional(Setting.ACCOUNT_URL, StorageRules::accountUrl);
        String container = reader.optional(Setting.CONTAINER, StorageRules::container);
        String prefix = reader.optional(Setting.PREFIX, StorageRules::prefix);
        Path folder = reader.optional(Setting.FOLDER, ValueRules::path);
        boolean account = reader.given(Setting.ACCOUNT_URL) != null;
        if (reader.given(Setting.FOLDER) != null && (account || reader.given(Setting.CONTAINER) != null)) {
            // Neither: a backup in the place that wasn't meant is worse than none that is reported.
            reader.problem(
                    Setting.FOLDER,
                    "a storage account is given too; remove either this or %s and %s"
                            .formatted(Setting.ACCOUNT_URL.env(), Setting.CONTAINER.env()));
            return new StorageSettings(null, null, prefix == null ? "" : prefix, null);
        }
        if (account && reader.given(Setting.CONTAINER) == null) {
            reader.missing(Setting.CONTAINER, "write the name of the blob container");
        }
        return new StorageSettings(accountUrl, container, prefix == null ? "" : prefix, folder);
    }

    private AppSettings app() {
        Path dataDir = reader.optional(Setting.DATA_DIR, ValueRules::absolutePath);
        Path configDir = reader.optional(Setting.CONFIG_DIR, ValueRules::absolutePath);
        if (dataDir != null && dataDir.getParent() == null) {
            reader.problem(Setting.DATA_DIR, "the whole disk can't be the data folder; write the folder itself");
            dataDir = null;
        }
        return new AppSettings(
                dataDir,
                dataDir == null ? withoutDataDir(configDir) : configDir(dataDir, configDir),
                reader.optional(Setting.LINEAGE, LineageId::parse),
                reader.optional(Setting.APP, AppResourceId::parse),
                health(),
                reader.optional(Setting.APP_VERSION, ValueRules::text),
                reader.optional(Setting.APP_MIGRATION, ValueRules::migration));
    }

    private @Nullable Path withoutDataDir(@Nullable Path configDir) {
        if (configDir != null && reader.given(Setting.DATA_DIR) == null) {
            reader.missing(
                    Setting.DATA_DIR,
                    "it belongs to %s; write Jellyfin's data folder".formatted(Setting.CONFIG_DIR.env()));
        }
        return null;
    }

    private Path configDir(Path dataDir, @Nullable Path configDir) {
        if (configDir == null) {
            return defaultConfigDir(dataDir);
        }
        if (AppSettings.commonParent(dataDir, configDir).getParent() == null) {
            reader.problem(
                    Setting.CONFIG_DIR,
                    "it has no parent but / in common with the data folder %s, and both must lie on one volume; write"
                                    .formatted(dataDir)
                            + " one like " + defaultConfigDir(dataDir));
            return defaultConfigDir(dataDir);
        }
        return configDir;
    }

    private AppHealth health() {
        if (NONE.equals(reader.given(Setting.APP_HEALTH_URL))) {
            return new AppHealth.NotChecked();
        }
        URI url = reader.optional(Setting.APP_HEALTH_URL, StorageRules::healthUrl);
        return url == null ? new AppHealth.FromNetworkConfig() : new AppHealth.At(url);
    }

    private InjectionSettings injection() {
        return new InjectionSettings(
                reader.optional(Setting.POLICY, ValueRules::policy),
                reader.optional(Setting.CONTRACT, ValueRules::contract),
                reader.optional(Setting.FORMER_GRACE, ValueRules::formerGrace),
                reader.optional(Setting.FORMER_MAX_REPLICAS, ValueRules::formerMaxReplicas),
                reader.optional(Setting.REPLICA_NAME, ValueRules::text),
                reader.optional(Setting.EPHEMERAL_QUOTA, SizeText::parse));
    }

    private ScheduleSettings schedule() {
        return new ScheduleSettings(
                reader.value(Setting.INTERVAL, SECOND),
                reader.value(Setting.INITIAL_DELAY, ANY),
                reader.optional(Setting.RECOVERY_POINT, SECOND));
    }

    private GuardSettings guards() {
        return new GuardSettings(
                reader.value(Setting.MIN_SIZE, SizeText::parse),
                reader.value(Setting.MAX_SHRINK_PERCENT, ValueRules.wholeNumber(0, 100)),
                reader.value(Setting.ANY_DATA, ValueRules::flag));
    }

    private GlobSettings globs() {
        return new GlobSettings(globs(Setting.INCLUDE), globs(Setting.EXCLUDE));
    }

    private List<String> globs(Setting setting) {
        return reader.lines(setting, text -> Glob.parse(text).then(_ -> ParsedText.ok(text)));
    }

    private RetentionRules retention() {
        return new RetentionRules(
                reader.value(Setting.KEEP_LAST, COUNT),
                reader.value(Setting.KEEP_HOURLY, COUNT),
                reader.value(Setting.KEEP_DAILY, COUNT),
                reader.value(Setting.KEEP_WEEKLY, COUNT),
                reader.value(Setting.KEEP_MONTHLY, COUNT),
                reader.value(Setting.KEEP_YEARLY, COUNT),
                reader.optional(Setting.KEEP_WITHIN, ANY),
                reader.value(Setting.KEEP_MINIMUM, ValueRules.wholeNumber(1, 100_000)));
    }

    private RestoreSettings restore() {
        Duration timeout = reader.value(Setting.RESTORE_TIMEOUT, SECOND);
        Duration handoff = reader.value(Setting.HANDOFF_TIMEOUT, ANY);
        if (reader.given(Setting.HANDOFF_TIMEOUT) == null && handoff.compareTo(timeout) >= 0) {
            handoff = timeout.dividedBy(2).truncatedTo(ChronoUnit.MILLIS);
        }
        if (handoff.compareTo(timeout) >= 0) {
            reader.problem(
                    Setting.HANDOFF_TIMEOUT,
                    "restore would give up before the hand-off does; write less than %s, which is %s"
                            .formatted(Setting.RESTORE_TIMEOUT.env(), DurationText.format(timeout)));
            timeout = reader.byDefault(Setting.RESTORE_TIMEOUT, SECOND);
            handoff = reader.byDefault(Setting.HANDOFF_TIMEOUT, ANY);
        }
        return new RestoreSettings(
                reader.value(Setting.ON_NO_BACKUP, ValueRules.choice(OnNoBackup.class)), timeout, handoff);
    }

    private RunSettings run() {
        Duration staleAfter = reader.value(Setting.STALE_AFTER, TICK);
        Duration heartbeat = reader.value(Setting.HEARTBEAT, TICK);
        if (staleAfter.compareTo(heartbeat.plus(heartbeat)) < 0) {
            reader.problem(
                    Setting.STALE_AFTER,
                    "a living replica would look gone; write at least twice %s, which is %s"
                            .formatted(Setting.HEARTBEAT.env(), DurationText.format(heartbeat)));
            staleAfter = reader.byDefault(Setting.STALE_AFTER, TICK);
            heartbeat = reader.byDefault(Setting.HEARTBEAT, TICK);
        }
        return new RunSettings(
                reader.value(Setting.GRACE, SECOND),
                staleAfter,
                heartbeat,
                reader.value(Setting.POLL, TICK),
                reader.value(Setting.MANAGEMENT_PORT, ValueRules.wholeNumber(0, 65_535)),
                reader.value(Setting.LOG_FORMAT, ValueRules.choice(LogFormat.class)));
    }

    private NotifySettings alerts() {
        return new NotifySettings(
                reader.optional(Setting.NOTIFY_HEARTBEAT_URL, StorageRules::secretUrl),
                reader.optional(Setting.NOTIFY_WEBHOOK_URL, StorageRules::secretUrl));
    }

    private LimitSettings limits() {
        return new LimitSettings(
                reader.value(Setting.MAX_ARCHIVE_ENTRIES, ValueRules.wholeNumber(1, Integer.MAX_VALUE)),
                reader.value(Setting.MAX_ARCHIVE_SIZE, SizeText::parse));
    }
}
