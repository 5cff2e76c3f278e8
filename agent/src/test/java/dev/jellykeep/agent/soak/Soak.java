package dev.jellykeep.agent.soak;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.writer.CommitJournal;
import dev.jellykeep.sandbox.writer.TransferCheck;
import dev.jellykeep.sandbox.writer.TransferWriterMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.JDBC;

/// Backups to Azurite, one after the other, while another process writes as fast as it can. Each archive is extracted
/// again and must be whole, with no transaction torn, and hold every transaction that was committed before its backup
/// began.
final class Soak implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile("backup-\\d{14}\\.tar\\.gz");
    private static final Duration BOUND = Duration.ofMinutes(5);

    private final Path work;
    private final Azurite azurite;
    private final Cli cli;
    private final Path journal;
    private final ChildProcess writer;
    private final Consumer<String> say;

    /// @param rows accounts in the database, some 700 bytes each
    Soak(Path work, int rows, Consumer<String> say) throws IOException {
        this.work = work;
        this.say = say;
        journal = work.resolve("commits");
        Path root = Files.createDirectories(work.resolve("root"));
        Path database = Files.createDirectories(root.resolve("data")).resolve("transfers.db");
        azurite = Azurite.start(Files.createDirectories(work.resolve("blobs")));
        cli = new Cli()
                .with("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString())
                .with("JELLYKEEP_CONTAINER", azurite.newContainer())
                .with("JELLYFIN_DATA_DIR", root.toString())
                .with("JELLYKEEP_ANY_DATA", "true")
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .with("JELLYKEEP_KEEP_LAST", "1")
                .with("JELLYKEEP_KEEP_DAILY", "0")
                .with("JELLYKEEP_KEEP_WEEKLY", "0")
                .with("JELLYKEEP_KEEP_MONTHLY", "0")
                .with("JELLYKEEP_KEEP_MINIMUM", "1");
        writer = JavaProcess.of(TransferWriterMain.class)
                .classPath(JDBC.class)
                .arguments("--db", database.toString(), "--rows", Integer.toString(rows))
                .arguments("--commit-journal", journal.toString())
                .start(work, "writer");
        var _ = writer.awaitLine(Pattern.compile("^writing$"), BOUND);
    }

    /// @return how many archives failed
    int backups(int count) throws IOException {
        int failed = 0;
        for (int i = 1; i <= count; i++) {
            String fault = backupAndCheck();
            if (!fault.isEmpty()) {
                failed++;
                say.accept("backup " + i + " of " + count + ": " + fault);
            } else if (i % 10 == 0 || i == count) {
                say.accept("backup " + i + " of " + count + ": good, at transaction " + committed());
            }
        }
        say.accept((count - failed) + " passed, " + failed + " failed");
        return failed;
    }

    private String backupAndCheck() throws IOException {
        long before = committed();
        Cli.Answer answer = cli.run("backup");
        Matcher head = HEAD.matcher(answer.out());
        if (answer.code() != ExitCode.OK || !head.find()) {
            return "no backup: " + answer;
        }
        Path scratch = work.resolve("scratch");
        try {
            Cli.Answer extracted = cli.run("extract", head.group(), scratch.toString());
            if (extracted.code() != ExitCode.OK) {
                return "not extracted: " + extracted;
            }
            TransferCheck check = TransferCheck.check(scratch.resolve("data/transfers.db"));
            return check.sound() && check.committed() >= before
                    ? ""
                    : head.group() + " is not what was committed up to " + before + ": " + check;
        } finally {
            Workspace.deleteTree(scratch);
            Cli.Answer _ = cli.run("prune");
        }
    }

    private long committed() throws IOException {
        return CommitJournal.last(journal).orElse(0);
    }

    /// Throughput of the writer while backups run back to back, as a share of that without: the median of pairs of
    /// windows, one after the other.
    double throughputKept(int pairs, Duration window) throws IOException {
        List<Double> shares = new ArrayList<>();
        for (int i = 1; i <= pairs; i++) {
            double without = perSecond(window, () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)));
            double with = perSecond(window, () -> cli.run("backup").expect(ExitCode.OK));
            shares.add(with / without);
            say.accept("pair %d: %.0f transactions/s without, %.0f with backups back to back, ratio %.2f"
                    .formatted(i, without, with, with / without));
        }
        Collections.sort(shares);
        double median = shares.get(shares.size() / 2);
        say.accept("median ratio of the writer's throughput: %.2f".formatted(median));
        return median;
    }

    private double perSecond(Duration window, Runnable load) throws IOException {
        long first = committed();
        long began = System.nanoTime();
        while (System.nanoTime() - began < window.toNanos()) {
            load.run();
        }
        return (committed() - first) * 1e9 / (System.nanoTime() - began);
    }

    @Override
    public void close() {
        writer.close();
        azurite.close();
    }
}
