package dev.jellykeep.contract.archive;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /// @throws IllegalArgumentException for a type that this version doesn't know
    public static EntryType of(String wireName) {
        return ofWireName(wireName).orElseThrow(() -> new IllegalArgumentException("no entry type " + wireName));
    }

    /// Empty for a type that this version doesn't know.
    public static Optional<EntryType> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst();
    }
}
