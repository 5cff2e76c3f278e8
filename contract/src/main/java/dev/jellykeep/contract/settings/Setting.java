package dev.jellykeep.contract.settings;

import static dev.jellykeep.contract.settings.SettingKind.CHOICE;
import static dev.jellykeep.contract.settings.SettingKind.DURATION;
import static dev.jellykeep.contract.settings.SettingKind.FLAG;
import static dev.jellykeep.contract.settings.SettingKind.GLOBS;
import static dev.jellykeep.contract.settings.SettingKind.PATH;
import static dev.jellykeep.contract.settings.SettingKind.SIZE;
import static dev.jellykeep.contract.settings.SettingKind.TEXT;
import static dev.jellykeep.contract.settings.SettingKind.URL;
import static dev.jellykeep.contract.settings.SettingKind.UUID;
import static dev.jellykeep.contract.settings.SettingKind.WHOLE_NUMBER;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every setting of the agent. Credentials of the store come only from an {@link EcosystemVariable}; the few settings
/// that
/// are secret are never shown, and are rendered only as references to an app's secret.
public enum Setting {
    ACCOUNT_URL(
            Concern.STORAGE, URL, null, true, "Address of the storage account, https://ACCOUNT.blob.core.windows.net"),
    CONTAINER(Concern.STORAGE, TEXT, null, true, "Blob container that holds the archives"),
    PREFIX(Concern.STORAGE, TEXT, null, true, "Folder in the container, without a slash at the beginning"),
    FOLDER(Concern.STORAGE, PATH, null, false, "Local folder to use in place of a storage account"),

    DATA_DIR("JELLYFIN_DATA_DIR", Concern.APP, PATH, null, true, "Jellyfin's data folder, an absolute path"),
    CONFIG_DIR(
            "JELLYFIN_CONFIG_DIR",
            Concern.APP,
            PATH,
            null,
            true,
            "Jellyfin's configuration folder, an absolute path; config in the data folder if not given"),
    LINEAGE(Concern.APP, UUID, null, true, "Id of the lineage that the storage is expected to hold"),
    APP(Concern.APP, TEXT, null, true, "ARM resource id of the Container App"),
    APP_HEALTH_URL(
            Concern.APP,
            URL,
            null,
            false,
            "Address that answers Healthy when Jellyfin is, or none; from Jellyfin's network.xml if not given"),
    APP_VERSION(
            Concern.APP,
            TEXT,
            null,
            false,
            "Version of Jellyfin in the app's image; as init container this only warns, since it may be outdated"),
    APP_MIGRATION(Concern.APP, TEXT, null, false, "Newest database migration that the app's image knows"),

    POLICY(
            Concern.INJECTION,
            TEXT,
            null,
            true,
            "Policy that the injection comes from, NAMESPACE/NAME; for information"),
    CONTRACT(Concern.INJECTION, WHOLE_NUMBER, null, true, "Version of the contract that the template was written for"),
    FORMER_GRACE(
            Concern.INJECTION,
            TEXT,
            null,
            true,
            "The app's grace period before the injection, a duration or none; given back when the injection is removed"),
    FORMER_MAX_REPLICAS(
            Concern.INJECTION,
            TEXT,
            null,
            true,
            "The app's maxReplicas before the injection set it to 1, a count or none; given back when the injection is removed"),
    REPLICA_NAME(
            Concern.INJECTION,
            TEXT,
            null,
            false,
            "Name of the replica, for information; CONTAINER_APP_REPLICA_NAME if not given"),
    EPHEMERAL_QUOTA(
            Concern.INJECTION,
            SIZE,
            null,
            true,
            "Ephemeral storage of a replica, in bytes; space is checked against the disk alone if not given"),

    INTERVAL(Concern.SCHEDULE, DURATION, "15m", true, "Time between scheduled backups, at least 1s"),
    INITIAL_DELAY(
            Concern.SCHEDULE, DURATION, "2m", true, "Time from the app being healthy to the first scheduled backup"),
    RECOVERY_POINT(
            Concern.SCHEDULE,
            DURATION,
            null,
            false,
            "Unprotected time that status still calls protected; the interval and 15m if not given"),

    MIN_SIZE(Concern.GUARDS, SIZE, "50Ki", true, "Smallest uncompressed snapshot that may become the head, in bytes"),
    MAX_SHRINK_PERCENT(
            Concern.GUARDS,
            WHOLE_NUMBER,
            "50",
            true,
            "How much smaller than the archive before it a snapshot may be, in percent of uncompressed bytes"),
    ANY_DATA(
            Concern.GUARDS,
            FLAG,
            "false",
            false,
            "Accept data that isn't Jellyfin's: skip the checks of main database, users and setup wizard"),

    INCLUDE(Concern.GLOBS, GLOBS, null, true, "Globs of paths to save even if excluded, relative to the data root"),
    EXCLUDE(Concern.GLOBS, GLOBS, null, true, "Globs of paths to leave out, relative to the data root"),

    KEEP_LAST(Concern.RETENTION, WHOLE_NUMBER, "8", true, "Newest archives to keep, a count"),
    KEEP_HOURLY(Concern.RETENTION, WHOLE_NUMBER, "0", true, "Hours to keep the newest archive of, a count"),
    KEEP_DAILY(Concern.RETENTION, WHOLE_NUMBER, "14", true, "Days to keep the newest archive of, a count"),
    KEEP_WEEKLY(Concern.RETENTION, WHOLE_NUMBER, "8", true, "Weeks to keep the newest archive of, a count"),
    KEEP_MONTHLY(Concern.RETENTION, WHOLE_NUMBER, "6", true, "Months to keep the newest archive of, a count"),
    KEEP_YEARLY(Concern.RETENTION, WHOLE_NUMBER, "0", true, "Years to keep the newest archive of, a count"),
    KEEP_WITHIN(
            Concern.RETENTION, DURATION, null, true, "Keep every archive at most this much older than the newest one"),
    KEEP_MINIMUM(Concern.RETENTION, WHOLE_NUMBER, "3", true, "Newest archives that no rule may drop, at least 1"),

    ON_NO_BACKUP(
            Concern.RESTORE,
            CHOICE,
            "StartEmpty",
            true,
            "What restore does where there provably never was a backup: StartEmpty or Fail"),
    RESTORE_TIMEOUT(Concern.RESTORE, DURATION, "5m", true, "Time without progress after which restore gives up"),
    HANDOFF_TIMEOUT(
            Concern.RESTORE,
            DURATION,
            "2m",
            true,
            "Time that restore waits for the running replica's backup; by default half of a restore timeout of 2m or less"),

    GRACE(Concern.RUN, DURATION, "2m", true, "Time from SIGTERM to SIGKILL"),
    STALE_AFTER(Concern.RUN, DURATION, "2m", false, "Age of a heartbeat from which on its replica counts as gone"),
    HEARTBEAT(Concern.RUN, DURATION, "30s", false, "Time between two heartbeats"),
    POLL(Concern.RUN, DURATION, "10s", false, "Time between two looks at the lineage document"),
    MANAGEMENT_PORT(
            Concern.RUN, WHOLE_NUMBER, "8097", true, "Port of /livez and /readyz, 0 to 65535; 0 takes any free one"),
    LOG_FORMAT(Concern.RUN, CHOICE, "auto", false, "How log lines look: auto, human or json"),

    NOTIFY_HEARTBEAT_URL(
            Concern.NOTIFY,
            URL,
            null,
            true,
            "Secret address that hears of each backup and check, of bad ones with /fail, as healthchecks.io wants it"),
    NOTIFY_WEBHOOK_URL(
            Concern.NOTIFY,
            URL,
            null,
            true,
            "Secret address of ntfy, Discord or Slack that is told when backups fail, and when they work again"),

    MAX_ARCHIVE_ENTRIES(
            Concern.LIMITS, WHOLE_NUMBER, "2000000", false, "Most entries of an archive that restore accepts, a count"),
    MAX_ARCHIVE_SIZE(Concern.LIMITS, SIZE, "1Ti", false, "Largest uncompressed archive that restore accepts, in bytes");

    /// What the names of our own variables begin with.
    public static final String PREFIX_OF_ENV = "JELLYKEEP_";

    private final String env;
    private final Concern concern;
    private final SettingKind kind;
    private final @Nullable String defaultText;
    private final boolean rendered;
    private final String description;

    Setting(Concern concern, SettingKind kind, @Nullable String defaultText, boolean rendered, String description) {
        this(null, concern, kind, defaultText, rendered, description);
    }

    Setting(
            @Nullable String env,
            Concern concern,
            SettingKind kind,
            @Nullable String defaultText,
            boolean rendered,
            String description) {
        this.env = env == null ? "JELLYKEEP_" + name() : env;
        this.concern = concern;
        this.kind = kind;
        this.defaultText = defaultText;
        this.rendered = rendered;
        this.description = description;
    }

    /// Name of the environment variable.
    public String env() {
        return env;
    }

    /// Name of the command line's flag, with its two dashes.
    public String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Concern concern() {
        return concern;
    }

    public SettingKind kind() {
        return kind;
    }

    /// In the same form as {@link Settings#toEnv} writes values; empty if there is no constant default.
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /// Whether the operator may write it into an app's template. An edit of a rendered setting is a rollout.
    public boolean rendered() {
        return rendered;
    }

    /// Whether whoever has the value can act with it.
    public boolean secret() {
        return concern == Concern.NOTIFY;
    }

    /// One sentence without full stop, with the unit.
    public String description() {
        return description;
    }
}
