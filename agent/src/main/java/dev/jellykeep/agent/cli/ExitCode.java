package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.store.StoreException;

/// How the program ends. Numbers are stable; `docs/cli.md` explains them.
public enum ExitCode {
    OK(0, "done"),
    /// `status` only.
    NOT_PROTECTED(1, "status: the data are not protected"),
    USAGE(2, "a flag, variable or name is wrong"),
    STORE_UNREACHABLE(3, "the blob store could not be reached; trying again may help"),
    ACCESS_DENIED(4, "the blob store refused the credential or its rights"),
    LINEAGE(5, "the lineage document is missing, too new, or another app's"),
    NO_GOOD_ARCHIVE(6, "no archive can be used, or a named one is damaged"),
    UNKNOWN_DATA(7, "the data root holds data that is not known, or not Jellyfin's"),
    REFUSED(8, "a guard refused"),
    STORED_AS_FORK(9, "the backup was stored beside the line: another replica holds the lineage"),
    IN_USE(10, "another agent works on this data root, or holds the lineage"),
    IO(11, "a file operation failed, or there is no space"),
    UNEXPECTED(70, "a bug: please report it");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    static ExitCode of(Reason reason) {
        return switch (reason) {
            case LINEAGE_MISSING, LINEAGE_TOO_NEW, OTHER_APP, FORKS_ONLY, LINEAGE -> LINEAGE;
            case NO_GOOD_ARCHIVE, DAMAGED_ARCHIVE, HOSTILE_ARCHIVE, ARCHIVE_TOO_NEW, NO_BACKUP -> NO_GOOD_ARCHIVE;
            case UNKNOWN_DATA, NOT_JELLYFIN -> UNKNOWN_DATA;
            case INTEGRITY, HOT_JOURNAL, NO_USER, WIZARD, MIN_SIZE, SHRINK, APP_OLDER_THAN_DATA, BUSY_DATABASE ->
                REFUSED;
            case IN_USE -> IN_USE;
            case NO_SPACE, IO -> IO;
            case STORE -> STORE_UNREACHABLE;
            case USAGE -> USAGE;
        };
    }

    static ExitCode of(StoreException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, NO_SUCH_HOST, CHANGED, MISMATCH, NOT_FOUND -> STORE_UNREACHABLE;
            case UNAUTHORIZED, FORBIDDEN, NO_CREDENTIAL, IMMUTABLE -> ACCESS_DENIED;
            case NO_CONTAINER, INVALID -> USAGE;
        };
    }
}
