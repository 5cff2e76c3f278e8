package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.JDBC;

/// Describes a stand-in server and starts it as a child process.
///
/// ```java
/// try (var server = StandIn.in(JellyfinFolders.official(root)).users(3).writesPerSecond(50).start(work)) {
///     StandInFacts facts = server.facts();
/// }
/// ```
public final class StandIn {

    private static final Duration START_BOUND = Duration.ofMinutes(2);

    private final List<String> arguments = new ArrayList<>();

    private StandIn(JellyfinFolders folders) {
        set("--data-dir", folders.dataDir());
        set("--config-dir", folders.configDir());
        set("--log-dir", folders.logDir());
        set("--cache-dir", folders.cacheDir());
        set("--port", 0);
    }

    /// A server on these folders, on any free port, with no writes of its own.
    public static StandIn in(JellyfinFolders folders) {
        return new StandIn(folders);
    }

    public StandIn port(int port) {
        return set("--port", port);
    }

    public StandIn era(JellyfinEra era) {
        return set("--era", era.label());
    }

    /// All content follows from it (default 1).
    public StandIn seed(long seed) {
        return set("--seed", seed);
    }

    /// Creates users, the first an administrator, and completes the wizard, if the database has no user.
    public StandIn users(int users) {
        return set("--users", users);
    }

    /// Grows the library's database to at least this size before the server is up.
    public StandIn libraryMegabytes(int megabytes) {
        return set("--library-mb", megabytes);
    }

    /// Commits per second; 0: none, -1: as many as it can.
    public StandIn writesPerSecond(int rate) {
        return set("--writes-per-second", rate);
    }

    /// Notes each committed number in this file, which should lie outside the data root.
    public StandIn commitJournal(Path file) {
        return set("--commit-journal", file);
    }

    /// How long `/health` says `Degraded` before the server is up, in whole seconds.
    public StandIn startup(Duration time) {
        return set("--startup-seconds", time.toSeconds());
    }

    /// Goes on serving for `time` after SIGTERM, with this many more commits.
    public StandIn shutdown(Duration time, int writes) {
        set("--shutdown-serve-ms", time.toMillis());
        return set("--shutdown-writes", writes);
    }

    /// Commits this many more, `gap` apart, after the listener has closed.
    public StandIn lateWrites(int writes, Duration gap) {
        set("--late-write-gap-ms", gap.toMillis());
        return set("--late-writes", writes);
    }

    /// Pages in the WAL before SQLite checkpoints (its default is 1000); 0: never, so that the WAL outgrows the file.
    public StandIn walAutocheckpoint(int pages) {
        return set("--wal-autocheckpoint", pages);
    }

    /// Loses the server's own file locks after opening, as its migration backup does.
    public StandIn stripLocks() {
        return set("--strip-locks", "yes");
    }

    /// Starts it and waits until it is up.
    ///
    /// @param work folder for its log and temporary files, outside the data root
    /// @throws IllegalStateException with its output, if it refuses to start
    public RunningStandIn start(Path work) {
        RunningStandIn server = begin(work);
        server.awaitUp(START_BOUND);
        return server;
    }

    /// Starts it and waits only until it listens: the setup server answers.
    public RunningStandIn begin(Path work) {
        ChildProcess process = launch(work);
        try {
            return RunningStandIn.listening(process, START_BOUND);
        } catch (IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    /// Starts it and waits for nothing.
    public ChildProcess launch(Path work) {
        return JavaProcess.of(StandInMain.class)
                .classPath(JDBC.class)
                .arguments(arguments)
                .start(work, "stand-in");
    }

    private StandIn set(String flag, Object value) {
        arguments.add(flag);
        arguments.add(value.toString());
        return this;
    }
}
