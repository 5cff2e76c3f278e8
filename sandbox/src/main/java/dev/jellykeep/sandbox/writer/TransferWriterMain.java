package dev.jellykeep.sandbox.writer;

import dev.jellykeep.sandbox.process.Flags;
import dev.jellykeep.sandbox.process.Flags.BadFlag;
import dev.jellykeep.sandbox.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes to a database as fast as it can, from a process of its own, until SIGTERM or for `--seconds`.
///
/// Flags: `--torment NAME` ({@link Torment}; none), `--torment-every N` (20 transactions), `--db FILE`, `--rows N`
/// (200000), `--note-bytes N` (600), `--seconds N` (0: until SIGTERM), `--seed N`,
/// `--report FILE` (a line `milliseconds since start,transactions so far,transactions in this second` every second and
/// at the end), `--commit-journal FILE` (see {@link CommitJournal}).
///
/// Prints `filled`, then `writing` once the first transaction is committed, then `stopped after N transactions`.
public final class TransferWriterMain {

    private static final Set<String> FLAGS = Set.of(
            "--db",
            "--rows",
            "--note-bytes",
            "--seconds",
            "--seed",
            "--report",
            "--commit-journal",
            "--torment",
            "--torment-every");

    private volatile boolean stopping;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private TransferWriterMain() {}

    public static void main(String[] arguments) {
        ParentWatch.start();
        try {
            new TransferWriterMain().run(Flags.parse(List.of(arguments), FLAGS));
        } catch (BadFlag e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (SQLException | IOException e) {
            System.err.println("The writer failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(Flags flags) throws SQLException, IOException {
        Path db = flags.requiredPath("--db");
        Path journal = flags.path("--commit-journal");
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-writing"));
        var torment = Torment.of(flags.text("--torment", Torment.NONE.flag()));
        try (var database = new TormentedDatabase(
                        TransferDatabase.open(
                                db,
                                flags.number("--rows", 200_000, 2),
                                (int) flags.number("--note-bytes", 600, 0),
                                flags.number("--seed", 1, Long.MIN_VALUE),
                                torment.exclusive()),
                        db,
                        torment,
                        flags.number("--torment-every", 20, 1));
                var commits = journal == null ? null : CommitJournal.open(journal, false)) {
            out.println("filled");
            write(database, commits, flags.path("--report"), flags.number("--seconds", 0, 0));
            out.println(
                    "stopped after " + database.committed() + " transactions and " + database.torments() + " torments");
        } finally {
            stopped.countDown();
        }
    }

    private void write(TormentedDatabase database, @Nullable CommitJournal commits, @Nullable Path report, long seconds)
            throws SQLException, IOException {
        long start = System.nanoTime();
        long second = TimeUnit.SECONDS.toNanos(1);
        long nextReport = start + second;
        long reported = database.committed();
        long first = reported;
        while (!stopping && (seconds == 0 || System.nanoTime() - start < seconds * second)) {
            long number = database.transfer();
            if (commits != null) {
                commits.append(number);
            }
            if (number == first + 1) {
                out.println("writing");
            }
            if (System.nanoTime() >= nextReport) {
                report(report, start, number, number - reported);
                reported = number;
                nextReport += second;
            }
        }
        report(report, start, database.committed(), database.committed() - reported);
    }

    private static void report(@Nullable Path file, long start, long total, long since) throws IOException {
        if (file != null) {
            long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Files.writeString(
                    file,
                    milliseconds + "," + total + "," + since + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    // A shutdown hook: the process ends when it returns, so it returns once the last transaction is whole.
    private void stop() {
        stopping = true;
        try {
            boolean _ = stopped.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
