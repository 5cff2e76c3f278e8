package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.retention.RetentionRules;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of every value that there is.
final class SettingsTexts {
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);

    private SettingsTexts() {}

    static Map<Setting, String> of(Settings settings) {
        SettingsTexts t = new SettingsTexts();
        t.storage(settings.storage());
        t.app(settings.app());
        t.injection(settings.injection());
        t.schedule(settings.schedule());
        t.guards(settings.guards());
        t.globs(settings.globs());
        t.retention(settings.retention());
        t.restore(settings.restore());
        t.run(settings.run());
        SecretUrl heartbeat = settings.notices().heartbeat();
        t.put(Setting.NOTIFY_HEARTBEAT_URL, heartbeat == null ? null : heartbeat.value());
        SecretUrl webhook = settings.notices().webhook();
        t.put(Setting.NOTIFY_WEBHOOK_URL, webhook == null ? null : webhook.value());
        t.put(Setting.MAX_ARCHIVE_ENTRIES, settings.limits().maxArchiveEntries());
        t.size(Setting.MAX_ARCHIVE_SIZE, settings.limits().maxArchiveSize());
        return t.texts;
    }

    private void storage(StorageSettings storage) {
        put(Setting.ACCOUNT_URL, storage.accountUrl());
        put(Setting.CONTAINER, storage.container());
        put(Setting.PREFIX, storage.prefix().isEmpty() ? null : storage.prefix());
        put(Setting.FOLDER, storage.folder());
    }

    private void app(AppSettings app) {
        put(Setting.DATA_DIR, app.dataDir());
        if (app.dataDir() != null
                && !SettingsAssembly.defaultConfigDir(app.dataDir()).equals(app.configDir())) {
            put(Setting.CONFIG_DIR, app.configDir());
        }
        put(Setting.LINEAGE, app.lineage());
        put(Setting.APP, app.app());
        switch (app.health()) {
            case AppHealth.FromNetworkConfig() -> {}
            case AppHealth.NotChecked() -> put(Setting.APP_HEALTH_URL, SettingsAssembly.NONE);
            case AppHealth.At(var url) -> put(Setting.APP_HEALTH_URL, url);
        }
        put(Setting.APP_VERSION, app.version());
        put(Setting.APP_MIGRATION, app.migration());
    }

    private void injection(InjectionSettings injection) {
        put(Setting.POLICY, injection.policy());
        put(Setting.CONTRACT, injection.contract());
        put(Setting.FORMER_GRACE, injection.formerGrace());
        put(Setting.FORMER_MAX_REPLICAS, injection.formerMaxReplicas());
        put(Setting.REPLICA_NAME, injection.replicaName());
        size(Setting.EPHEMERAL_QUOTA, injection.ephemeralQuota());
    }

    private void schedule(ScheduleSettings schedule) {
        duration(Setting.INTERVAL, schedule.interval());
        duration(Setting.INITIAL_DELAY, schedule.initialDelay());
        duration(Setting.RECOVERY_POINT, schedule.statedRecoveryPoint());
    }

    private void guards(GuardSettings guards) {
        size(Setting.MIN_SIZE, guards.minSize());
        put(Setting.MAX_SHRINK_PERCENT, guards.maxShrinkPercent());
        put(Setting.ANY_DATA, guards.anyData());
    }

    private void globs(GlobSettings globs) {
        lines(Setting.INCLUDE, globs.include());
        lines(Setting.EXCLUDE, globs.exclude());
    }

    private void retention(RetentionRules rules) {
        put(Setting.KEEP_LAST, rules.last());
        put(Setting.KEEP_HOURLY, rules.hourly());
        put(Setting.KEEP_DAILY, rules.daily());
        put(Setting.KEEP_WEEKLY, rules.weekly());
        put(Setting.KEEP_MONTHLY, rules.monthly());
        put(Setting.KEEP_YEARLY, rules.yearly());
        duration(Setting.KEEP_WITHIN, rules.within());
        put(Setting.KEEP_MINIMUM, rules.minimum());
    }

    private void restore(RestoreSettings restore) {
        put(Setting.ON_NO_BACKUP, restore.onNoBackup().text());
        duration(Setting.RESTORE_TIMEOUT, restore.timeout());
        duration(Setting.HANDOFF_TIMEOUT, restore.handoffTimeout());
    }

    private void run(RunSettings run) {
        duration(Setting.GRACE, run.grace());
        duration(Setting.STALE_AFTER, run.staleAfter());
        duration(Setting.HEARTBEAT, run.heartbeat());
        duration(Setting.POLL, run.poll());
        put(Setting.MANAGEMENT_PORT, run.managementPort());
        put(Setting.LOG_FORMAT, run.logFormat().text());
    }

    private void put(Setting setting, @Nullable Object value) {
        if (value != null) {
            texts.put(setting, value.toString());
        }
    }

    private void duration(Setting setting, @Nullable Duration value) {
        put(setting, value == null ? null : DurationText.format(value));
    }

    private void size(Setting setting, @Nullable Long bytes) {
        put(setting, bytes == null ? null : SizeText.format(bytes));
    }

    private void lines(Setting setting, List<String> lines) {
        put(setting, lines.isEmpty() ? null : String.join("\n", lines));
    }
}
