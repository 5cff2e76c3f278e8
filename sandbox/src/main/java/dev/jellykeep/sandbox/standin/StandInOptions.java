package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.process.Flags;
import dev.jellykeep.sandbox.process.Flags.BadFlag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What a stand-in was asked to be; {@link StandIn} writes the same flags.
///
/// @param everywhere listen on every address, not on the loopback interface alone
/// @param port to listen on; empty: the one in `network.xml`, else 8096; 0: any free one
/// @param users to create, with the wizard completed, if the database has none
/// @param libraryMegabytes least size of the library's database, grown at start
/// @param writesPerSecond 0: none, -1: as many as it can
/// @param commitJournal where committed numbers are noted, outside the data root
/// @param startup how long the setup server answers before the server is up
/// @param shutdownServe how long it goes on serving after SIGTERM
/// @param shutdownWrites commits made while it goes on serving
/// @param lateWrites commits made after the listener has closed, `lateWriteGap` apart
/// @param walAutocheckpoint pages in the WAL before SQLite checkpoints; 0: never
/// @param stripLocks lose this process's own file locks once after opening, as a server's migration backup does
record StandInOptions(
        JellyfinFolders folders,
        boolean everywhere,
        OptionalInt port,
        JellyfinEra era,
        long seed,
        int users,
        int libraryMegabytes,
        int writesPerSecond,
        Optional<Path> commitJournal,
        boolean commitJournalSync,
        Duration startup,
        Duration shutdownServe,
        int shutdownWrites,
        int lateWrites,
        Duration lateWriteGap,
        int walAutocheckpoint,
        boolean stripLocks) {

    private static final Set<String> FLAGS = Set.of(
            "--layout",
            "--root",
            "--data-dir",
            "--config-dir",
            "--log-dir",
            "--cache-dir",
            "--bind",
            "--port",
            "--era",
            "--seed",
            "--users",
            "--library-mb",
            "--writes-per-second",
            "--commit-journal",
            "--commit-journal-sync",
            "--startup-seconds",
            "--shutdown-serve-ms",
            "--shutdown-writes",
            "--late-writes",
            "--late-write-gap-ms",
            "--wal-autocheckpoint",
            "--strip-locks");

    /// @throws BadFlag with one sentence
    static StandInOptions parse(List<String> arguments) {
        Flags flags = Flags.parse(arguments, FLAGS);
        return new StandInOptions(
                folders(flags),
                everywhere(flags),
                flags.has("--port") ? OptionalInt.of(whole(flags, "--port", 0, 0)) : OptionalInt.empty(),
                era(flags.text("--era", JellyfinEra.V10_11.label())),
                flags.number("--seed", 1, Long.MIN_VALUE),
                whole(flags, "--users", 0, 0),
                whole(flags, "--library-mb", 0, 0),
                whole(flags, "--writes-per-second", 0, -1),
                Optional.ofNullable(flags.path("--commit-journal")),
                yes(flags, "--commit-journal-sync"),
                Duration.ofSeconds(whole(flags, "--startup-seconds", 0, 0)),
                Duration.ofMillis(whole(flags, "--shutdown-serve-ms", 300, 0)),
                whole(flags, "--shutdown-writes", 3, 0),
                whole(flags, "--late-writes", 0, 0),
                Duration.ofMillis(whole(flags, "--late-write-gap-ms", 500, 0)),
                whole(flags, "--wal-autocheckpoint", 1000, 0),
                yes(flags, "--strip-locks"));
    }

    private static JellyfinFolders folders(Flags flags) {
        String layout = flags.text("--layout", flags.has("--data-dir") ? "original" : "official");
        JellyfinFolders folders = switch (layout) {
            case "official" -> JellyfinFolders.official(flags.requiredPath("--root"));
            case "linuxserver" -> JellyfinFolders.linuxserver(flags.requiredPath("--root"));
            case "original" ->
                JellyfinFolders.original(flags.requiredPath("--data-dir"), flags.requiredPath("--config-dir"));
            default -> throw new BadFlag("--layout is " + layout + ": give official, linuxserver or original.");
        };
        Path log = flags.path("--log-dir");
        Path cache = flags.path("--cache-dir");
        return new JellyfinFolders(
                folders.dataDir(),
                folders.configDir(),
                log == null ? folders.logDir() : log,
                cache == null ? folders.cacheDir() : cache);
    }

    private static boolean everywhere(Flags flags) {
        String value = flags.text("--bind", "loopback");
        return switch (value) {
            case "all" -> true;
            case "loopback" -> false;
            default -> throw new BadFlag("--bind is " + value + ": give all or loopback.");
        };
    }

    private static JellyfinEra era(String label) {
        return Arrays.stream(JellyfinEra.values())
                .filter(era -> era.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new BadFlag("--era is " + label + ": give 10.11 or 10.10."));
    }

    private static int whole(Flags flags, String flag, int otherwise, int least) {
        long number = flags.number(flag, otherwise, least);
        if (number > Integer.MAX_VALUE) {
            throw new BadFlag(flag + " is " + number + ": give at most " + Integer.MAX_VALUE + ".");
        }
        return (int) number;
    }

    private static boolean yes(Flags flags, String flag) {
        String value = flags.text(flag, "no");
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new BadFlag(flag + " is " + value + ": give yes or no.");
        };
    }
}
