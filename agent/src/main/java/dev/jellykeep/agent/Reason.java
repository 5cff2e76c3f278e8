package dev.jellykeep.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Why the agent refused or failed; names are stable and appear in reports, logs and `--accept`.
public enum Reason {
    INTEGRITY(true, "the main database is damaged"),
    HOT_JOURNAL(false, "the main database has an unfinished transaction that only its owner can undo"),
    NO_USER(false, "the server has no administrator yet"),
    WIZARD(true, "the setup wizard is not completed"),
    MIN_SIZE(true, "the snapshot is smaller than the minimum"),
    SHRINK(true, "the snapshot is much smaller than the archive before it"),
    LINEAGE(true, "the archive belongs to another lineage"),
    LINEAGE_MISSING(false, "the lineage document is missing"),
    LINEAGE_TOO_NEW(false, "the lineage document was written by a newer version"),
    APP_OLDER_THAN_DATA(true, "the archive's data is newer than the app that would open it"),
    UNKNOWN_DATA(true, "there is data that no restore of ours put here"),
    NO_GOOD_ARCHIVE(true, "there are archives, but none can be used"),
    FORKS_ONLY(false, "only forks are left"),
    NO_BACKUP(false, "there is no backup"),
    NOT_JELLYFIN(false, "the folder does not hold Jellyfin's data"),
    NO_SPACE(false, "there is not enough disk space"),
    HOSTILE_ARCHIVE(false, "the archive holds something that could do harm"),
    DAMAGED_ARCHIVE(false, "the archive is damaged"),
    ARCHIVE_TOO_NEW(false, "the archive was written by a newer version"),
    OTHER_APP(false, "the lineage belongs to another app"),
    IN_USE(false, "another agent works on this data root"),
    STORE(false, "the blob store could not be used"),
    BUSY_DATABASE(false, "the database stayed locked"),
    IO(false, "a file operation failed"),
    USAGE(false, "a setting is wrong");

    private final boolean acceptable;
    private final String sentence;

    Reason(boolean acceptable, String sentence) {
        this.acceptable = acceptable;
        this.sentence = sentence;
    }

    /// Is it a judgement that a person may overrule by name?
    public boolean acceptable() {
        return acceptable;
    }

    /// As a person writes it after `--accept`.
    public String acceptName() {
        return this == APP_OLDER_THAN_DATA ? "APP_OLDER" : name();
    }

    /// The one of that name, in either case.
    ///
    /// @throws AgentException if there is none, or it can't be overruled
    public static Reason acceptable(String name) {
        return Arrays.stream(values())
                .filter(each -> each.acceptable
                        && List.of(each.name(), each.acceptName()).contains(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new AgentException(
                        USAGE,
                        "--accept " + name + " is not a reason that can be overruled: use one of "
                                + Arrays.stream(values())
                                        .filter(Reason::acceptable)
                                        .map(Reason::acceptName)
                                        .collect(Collectors.joining(", "))));
    }

    public String sentence() {
        return sentence;
    }
}
