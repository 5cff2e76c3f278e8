package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.writer.CommitJournal;
import dev.jellykeep.sandbox.writer.Torment;
import dev.jellykeep.sandbox.writer.TransferCheck;
import dev.jellykeep.sandbox.writer.TransferWriterMain;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.JDBC;

/// A server's data, with a process of its own that writes to its main database as fast as it can and does something to
/// it
/// all the while. Whatever is promoted meanwhile is extracted again: it must be whole, with no transaction torn, and
/// hold
/// what was committed before its backup began. Whatever is refused must say why. The writer must not fail.
final class TormentedServer implements AutoCloseable {
    static final Duration BOUND = Duration.ofMinutes(3);

    private static final int PAGE = 4096;
    private static final Pattern HEAD =
            Pattern.compile("(?:(backup-\\d{14}\\.tar\\.gz) is the head|promoted, (backup-\\d{14}\\.tar\\.gz))");
    private static final Pattern REFUSED =
            Pattern.compile("(?:refused \\(|backup: )([A-Z_]+)(?:\\):|:) \\S+ \\S+ \\S+");

    private final Path work;
    private final JellyfinFolders folders;
    private final Cli cli;
    private final Path journal;
    private final int every;
    private final ChildProcess writer;
    private final Tally tally = new Tally();

    private TormentedServer(Path work, Torment torment, int rows, int every) throws IOException {
        this.work = work;
        this.every = every;
        folders = ServerData.copyTo(Files.createDirectories(work.resolve("root")));
        cli = Cli.at(Files.createDirectories(work.resolve("store")), work.resolve("root"))
                .with("JELLYKEEP_APP_HEALTH_URL", "none");
        journal = work.resolve("commits");
        writer = JavaProcess.of(TransferWriterMain.class)
                .classPath(JDBC.class)
                .arguments("--db", folders.database().toString(), "--rows", Integer.toString(rows))
                .arguments("--torment", torment.flag(), "--torment-every", Integer.toString(every))
                .arguments("--commit-journal", journal.toString())
                .start(work, "writer");
        var _ = writer.awaitLine(Pattern.compile("^writing$"), BOUND);
    }

    /// @param rows accounts in the database, some 700 bytes each
    /// @param every so many transactions the torment has its turn
    static TormentedServer start(Path work, Torment torment, int rows, int every) throws IOException {
        return new TormentedServer(work, torment, rows, every);
    }

    JellyfinFolders folders() {
        return folders;
    }

    Cli cli() {
        return cli;
    }

    ChildProcess writer() {
        return writer;
    }

    Tally tally() {
        return tally;
    }

    Tally backups(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            backup();
        }
        return tally;
    }

    /// Overwrites a page of the live database that the writer never looks at.
    void damage() throws IOException, SQLException {
        long page;
        try (Connection connection = SqliteFile.openImmutable(folders.database())) {
            page = SqliteFile.number(connection, "SELECT rootpage FROM sqlite_schema WHERE name = 'ActivityLogs'");
        }
        try (RandomAccessFile file = new RandomAccessFile(folders.database().toFile(), "rw")) {
            file.seek((page - 1) * PAGE);
            file.write(new byte[PAGE / 2]);
        }
    }

    /// A container's agent on the same data, until it is told to stop.
    ChildProcess run() throws IOException {
        List<String> command = new ArrayList<>(SmallDisk.agent(work, "64m"));
        command.add("run");
        return ChildProcess.start(
                work,
                "run",
                command,
                Map.of(
                        "JELLYKEEP_FOLDER", work.resolve("store").toString(),
                        "JELLYFIN_DATA_DIR", work.resolve("root").toString(),
                        "JELLYKEEP_APP_HEALTH_URL", "none",
                        "JELLYKEEP_INTERVAL", "1s",
                        "JELLYKEEP_INITIAL_DELAY", "0s",
                        "JELLYKEEP_POLL", "300ms",
                        "JELLYKEEP_HEARTBEAT", "500ms",
                        "JELLYKEEP_GRACE", "20s",
                        "JELLYKEEP_MANAGEMENT_PORT", "0"));
    }

    /// Names of all that counts as good in the store.
    List<String> archives() throws IOException {
        try (var files = Files.list(work.resolve("store"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("backup-"))
                    .sorted()
                    .toList();
        }
    }

    private void backup() throws IOException {
        long before = committed();
        Cli.Answer answer = cli.run("backup");
        long begunAtTheEnd = committed() / every;
        long overBefore = (before - 1) / every;
        if (begunAtTheEnd > overBefore) {
            tally.met();
        }
        judge(answer, before);
    }

    /// @param before the last transaction that was committed before the backup was asked for
    void judge(Cli.Answer answer, long before) throws IOException {
        Matcher head = HEAD.matcher(answer.out());
        Matcher refused = REFUSED.matcher(answer.out() + answer.err());
        if (answer.code() == ExitCode.OK && head.find()) {
            tally.good();
            examine(head.group(1) == null ? head.group(2) : head.group(1), before);
        } else if ((answer.code() == ExitCode.REFUSED || answer.code() == ExitCode.UNKNOWN_DATA) && refused.find()) {
            tally.refused(refused.group(1));
        } else {
            tally.fault("neither promoted nor refused with a reason: " + answer);
        }
    }

    /// Extracts an archive that was promoted.
    void examine(String archive, long before) throws IOException {
        Path scratch = work.resolve("scratch");
        try {
            Cli.Answer extracted = cli.run("extract", archive, scratch.toString());
            Path copy = scratch.resolve(work.resolve("root").relativize(folders.database()));
            TransferCheck check = TransferCheck.check(copy);
            if (extracted.code() != ExitCode.OK || !check.sound() || check.committed() < before) {
                tally.fault(archive + " is not what was committed up to " + before + ": " + check + extracted);
            }
        } finally {
            Workspace.deleteTree(scratch);
        }
    }

    long committed() throws IOException {
        return CommitJournal.last(journal).orElse(0);
    }

    /// Ends the writer, which must have come through without an error and with all that it committed.
    ///
    /// @return its own last words
    String end() throws IOException, SQLException {
        String last = endWriter();
        try (Connection connection = SqliteFile.open(folders.database())) {
            SqliteFile.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        TransferCheck left = TransferCheck.check(folders.database());
        if (!left.sound() || left.committed() < committed()) {
            tally.fault("the server's own database is not what it committed up to " + committed() + ": " + left);
        }
        return last;
    }

    /// Ends the writer, which must have come through without an error.
    String endWriter() {
        int _ = writer.stop(BOUND);
        String last = writer.tail(1);
        if (!last.startsWith("stopped after")) {
            tally.fault("the writer failed: " + writer.tail(5));
        }
        return last;
    }

    @Override
    public void close() {
        writer.close();
    }
}
