package dev.jellykeep.sandbox.writer;

import java.util.Arrays;
import java.util.Locale;

/// What a server does to its own database while it writes, and what others that read it have to bear.
public enum Torment {
    /// Nothing but writes.
    NONE,

    /// Its own locks get lost, as by each copy of the file that the server makes: closing any descriptor of a file
    /// drops
    /// all of the process's POSIX locks on it.
    STRIP_LOCKS,

    /// It keeps the database to itself: `locking_mode = EXCLUSIVE`.
    EXCLUSIVE,

    /// Both: nobody can see that the database is being written, and no reader can hold its writer up.
    EXCLUSIVE_STRIPPED,

    /// The server's task for every six hours, between transactions: it empties the log and rewrites the file.
    OPTIMISE,

    /// A migration between transactions: the table is made anew with another column and the old one dropped, then the
    /// whole file is rewritten with another page size, for which it leaves the log and comes back to it.
    MIGRATE,

    /// A migration that makes a new file, and puts it in the place of the old one, which stays as `.old`; by turns in
    /// one
    /// move, and slowly, with no file or half a file in the place meanwhile.
    RENAME;

    boolean exclusive() {
        return this == EXCLUSIVE || this == EXCLUSIVE_STRIPPED;
    }

    /// As in a flag: `strip-locks`.
    public String flag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Torment of(String flag) {
        return Arrays.stream(values())
                .filter(each -> each.flag().equals(flag))
                .findFirst()
                .orElseThrow(
                        () -> new dev.jellykeep.sandbox.process.Flags.BadFlag("--torment is " + flag + ": give one of "
                                + Arrays.stream(values()).map(Torment::flag).toList() + "."));
    }
}
