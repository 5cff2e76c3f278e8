package dev.jellykeep.contract.archive;

import java.util.Locale;

/// What an entry of an archive is.
public enum EntryType {
    DIRECTORY,
    FILE,
    /// A consistent copy of a SQLite database.
    DATABASE,
    /// A symbolic link that stays inside the data root.
    LINK;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EntryType of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
