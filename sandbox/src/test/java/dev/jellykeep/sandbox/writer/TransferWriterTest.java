package dev.jellykeep.sandbox.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class TransferWriterTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void theSumHoldsAndEveryCommittedTransactionIsThereAfterSigterm() throws Exception {
        try (var writer = start()) {
            writer.awaitLine(Pattern.compile("^writing"), BOUND);
            int _ = writer.stop(BOUND);
            assertThat(writer.output()).contains("stopped after");
        }
        TransferCheck check = TransferCheck.check(database());
        assertThat(check.sound()).as("%s", check).isTrue();
        assertThat(check.committed()).isEqualTo(journalled()).isPositive();
    }

    @Test
    void killedMidWriteItLosesNothingThatWasCommitted() throws Exception {
        try (var writer = start()) {
            writer.awaitLine(Pattern.compile("^writing"), BOUND);
            writer.kill();
            assertThat(writer.awaitExit(BOUND)).isEqualTo(137);
        }
        long journalled = journalled();
        // Opening read-write recovers the WAL, as the server's next start would.
        try (var connection = SqliteFile.open(database())) {
            SqliteFile.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        TransferCheck check = TransferCheck.check(database());
        assertThat(check.sound()).as("%s", check).isTrue();
        // One more may have been committed without having been written down.
        assertThat(check.committed()).isBetween(journalled, journalled + 1);
    }

    @Test
    void throughputIsReported() throws Exception {
        try (var writer = start("--seconds", "2")) {
            assertThat(writer.awaitExit(BOUND)).isZero();
        }
        List<String> report = Files.readAllLines(folder.resolve("report.csv"));
        assertThat(report).hasSizeGreaterThanOrEqualTo(2).allMatch(line -> line.matches("\\d+,\\d+,\\d+"));
        assertThat(report.getLast().split(",", -1)[1]).isEqualTo(Long.toString(journalled()));
    }

    @Test
    void theCheckSeesATornTransaction() throws Exception {
        try (var writer = start("--seconds", "1")) {
            assertThat(writer.awaitExit(BOUND)).isZero();
        }
        try (var connection = SqliteFile.open(database())) {
            SqliteFile.run(connection, "UPDATE account SET balance = balance + 1 WHERE id = 7");
        }
        assertThat(TransferCheck.check(database()).sound()).isFalse();
    }

    @Test
    void theCheckSeesACopyCutShort() throws Exception {
        try (var writer = start("--seconds", "1")) {
            assertThat(writer.awaitExit(BOUND)).isZero();
        }
        byte[] whole = Files.readAllBytes(database());
        Files.write(database(), java.util.Arrays.copyOf(whole, whole.length / 2 / 4096 * 4096));
        assertThat(TransferCheck.check(database()).sound()).isFalse();
    }

    private Path database() {
        return folder.resolve("transfers.db");
    }

    private long journalled() throws Exception {
        return CommitJournal.last(folder.resolve("journal")).orElseThrow();
    }

    private ChildProcess start(String... more) {
        return JavaProcess.of(TransferWriterMain.class)
                .classPath(JDBC.class)
                .arguments("--db", database().toString(), "--rows", "2000", "--note-bytes", "100")
                .arguments("--report", folder.resolve("report.csv").toString())
                .arguments("--commit-journal", folder.resolve("journal").toString())
                .arguments(more)
                .start(folder, "writer");
    }
}
