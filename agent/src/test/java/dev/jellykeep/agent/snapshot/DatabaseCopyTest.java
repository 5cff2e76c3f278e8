package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.writer.CommitJournal;
import dev.jellykeep.sandbox.writer.TransferCheck;
import dev.jellykeep.sandbox.writer.TransferWriterMain;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCopyTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int WAL_FORMAT = 2;
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    @Test
    void beneathABusyWriterEveryCopyIsWholeAndHoldsWhatWasCommitted() throws Exception {
        Path live = folder.resolve("live.db");
        try (ChildProcess writer = writer(live)) {
            for (int i = 0; i < 6; i++) {
                long before = CommitJournal.last(folder.resolve("journal")).orElseThrow();
                Path copy = folder.resolve("copy.db");
                assertThat(DatabaseCopy.copy(live, copy, PATIENCE)).isEqualTo(new DatabaseCopy.Result.Copied());
                TransferCheck check = TransferCheck.check(copy);
                assertThat(check.sound()).as("%s", check).isTrue();
                assertThat(check.committed()).isGreaterThanOrEqualTo(before);
                assertThat(DatabaseCheck.of(copy).check()).isInstanceOf(DatabaseFacts.Check.Ok.class);
                assertThat(walFlag(copy)).isEqualTo(WAL_FORMAT);
                assertThat(copy.resolveSibling("copy.db-wal")).doesNotExist();
            }
            assertThat(writer.alive()).isTrue();
            int _ = writer.stop(BOUND);
        }
        assertThat(TransferCheck.check(live).sound()).isTrue();
    }

    @Test
    void whatARawCopyTearsIsRefused() throws Exception {
        Path live = folder.resolve("live.db");
        Path copy = folder.resolve("raw.db");
        boolean refused = false;
        try (ChildProcess writer = writer(live)) {
            long until = System.nanoTime() + BOUND.toNanos();
            while (!refused && System.nanoTime() < until) {
                Files.deleteIfExists(copy);
                copySlowly(live, copy);
                refused = DatabaseCheck.of(copy).check() instanceof DatabaseFacts.Check.Damaged;
                // before the first checkpoint everything is in the log, and the file alone is whole but empty
                boolean empty = Files.size(copy) <= PAGE;
                String integrity = TransferCheck.check(copy).integrity();
                assertThat(refused || empty || integrity.equals("ok"))
                        .as(integrity)
                        .isTrue();
            }
            assertThat(writer.alive()).isTrue();
        }
        assertThat(refused).as("one of the copies was torn").isTrue();
    }

    /// An index from after a transaction and its table from before: two pages that were copied at two times.
    @Test
    void aTornCopyIsRefusedAlsoWhereAQuickCheckPasses() throws Exception {
        Path live = folder.resolve("live.db");
        byte[] torn;
        try (Connection server = open(live, "DELETE")) {
            SqliteFile.run(server, "CREATE TABLE t (a TEXT)");
            SqliteFile.run(server, "CREATE INDEX i ON t (a)");
            SqliteFile.run(server, "INSERT INTO t VALUES ('before')");
            torn = Files.readAllBytes(live);
            SqliteFile.run(server, "UPDATE t SET a = 'after!'");
            int at =
                    (int) (SqliteFile.number(server, "SELECT rootpage FROM sqlite_schema WHERE name = 'i'") - 1) * PAGE;
            System.arraycopy(Files.readAllBytes(live), at, torn, at, PAGE);
        }
        Path copy = Files.write(folder.resolve("torn.db"), torn);
        try (Connection connection = SqliteFile.openImmutable(copy)) {
            assertThat(SqliteFile.text(connection, "PRAGMA quick_check(1)")).isEqualTo("ok");
        }
        assertThat(DatabaseCheck.of(copy).check()).isInstanceOf(DatabaseFacts.Check.Damaged.class);
    }

    @Test
    void whatIsOnlyInTheLogIsInTheCopy() throws Exception {
        Path live = folder.resolve("jellyfin.db");
        try (Connection server = open(live, "WAL")) {
            SqliteFile.run(server, "PRAGMA wal_autocheckpoint = 0");
            SqliteFile.run(server, "CREATE TABLE Users (Id TEXT)");
            for (int i = 0; i < 50; i++) {
                SqliteFile.run(server, "INSERT INTO Users VALUES (hex(randomblob(2000)))");
            }
            assertThat(Files.size(live)).isLessThanOrEqualTo(4096);
            Path copy = folder.resolve("copy.db");
            assertThat(DatabaseCopy.copy(live, copy, PATIENCE)).isEqualTo(new DatabaseCopy.Result.Copied());
            assertThat(DatabaseCheck.of(copy).users()).isEqualTo(50);
            assertThat(Files.size(live)).as("nothing was checkpointed").isLessThanOrEqualTo(4096);
        }
    }

    /// SQLite deletes the log beside an empty database, even over a read-only connection.
    @Test
    void theLogBesideAnEmptyDatabaseIsNotLost() throws Exception {
        Path live = folder.resolve("empty.db");
        Files.write(live, new byte[0]);
        Path log = Files.write(live.resolveSibling("empty.db-wal"), new byte[5000]);
        assertThat(DatabaseCopy.copy(live, folder.resolve("copy.db"), PATIENCE))
                .isInstanceOf(DatabaseCopy.Result.Unusable.class);
        assertThat(log).hasSize(5000);
        Files.write(log, new byte[0]);
        assertThat(DatabaseCopy.copy(live, folder.resolve("copy.db"), PATIENCE))
                .isEqualTo(new DatabaseCopy.Result.Copied());
    }

    /// SQLite's own word for success says nothing where the copy's owner asks for it.
    @Test
    void aCopyThatTheDiskCutsShortIsNotTakenForOne() throws Exception {
        Path live = folder.resolve("live.db");
        try (Connection server = open(live, "WAL")) {
            fill(server);
            for (int size = 500; size < 16_000; size *= 2) {
                SqliteFile.run(server, "INSERT INTO Users SELECT hex(randomblob(500)) FROM Users");
            }
        }
        int limit = 6_000_000; // more than the library that the driver unpacks
        assertThat(Files.size(live)).isGreaterThan(2L * limit);
        Path copy = folder.resolve("copy.db");
        List<String> command = List.of(
                "prlimit",
                "--fsize=" + limit,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                CopyMain.class.getName(),
                live.toString(),
                copy.toString());
        try (ChildProcess copier = ChildProcess.start(folder, "copier", command, Map.of())) {
            assertThat(copier.awaitExit(BOUND)).as(copier.tail(10)).isZero();
            assertThat(copier.output()).contains("Unusable").doesNotContain("Copied");
        }
        assertThat(copy).doesNotExist();
        assertThat(copy.resolveSibling("copy.db-journal")).doesNotExist();
    }

    @Test
    void anUnfinishedTransactionIsLeftToItsOwner() throws Exception {
        Path live = Files.createDirectory(folder.resolve("live")).resolve("hot.db");
        crashWithJournal(folder.resolve("made.db"), live);
        byte[] database = Files.readAllBytes(live);
        byte[] journal = Files.readAllBytes(live.resolveSibling("hot.db-journal"));
        Path copy = folder.resolve("copy.db");
        assertThat(DatabaseCopy.copy(live, copy, PATIENCE)).isEqualTo(new DatabaseCopy.Result.HotJournal());
        assertThat(copy).doesNotExist();
        assertThat(live).hasBinaryContent(database);
        assertThat(live.resolveSibling("hot.db-journal")).hasBinaryContent(journal);
    }

    /// "Start Jellyfin once" would be wrong advice about a server that is just writing.
    @Test
    void aDatabaseInTheMiddleOfATransactionIsBusyNotHot() throws Exception {
        Path live = folder.resolve("live.db");
        try (Connection server = open(live, "DELETE")) {
            fill(server);
            SqliteFile.run(server, "BEGIN EXCLUSIVE");
            SqliteFile.run(server, "PRAGMA cache_size = 5");
            SqliteFile.run(server, "UPDATE Users SET Id = hex(randomblob(500))");
            assertThat(Files.size(live.resolveSibling("live.db-journal"))).isPositive();
            assertThat(DatabaseCopy.copy(live, folder.resolve("copy.db"), Duration.ofMillis(300)))
                    .isEqualTo(new DatabaseCopy.Result.Busy());
            SqliteFile.run(server, "ROLLBACK");
        }
        assertThat(DatabaseCopy.copy(live, folder.resolve("copy.db"), PATIENCE))
                .isEqualTo(new DatabaseCopy.Result.Copied());
    }

    @Test
    void aKeptJournalBesideADamagedDatabaseDoesNotMakeItHot() throws Exception {
        Path live = folder.resolve("live.db");
        try (Connection server = open(live, "PERSIST")) {
            fill(server);
        }
        assertThat(live.resolveSibling("live.db-journal")).isNotEmptyFile();
        byte[] torn = Files.readAllBytes(live);
        java.util.Arrays.fill(torn, 100, 4000, (byte) 0xAA);
        Files.write(live, torn);
        DatabaseCopy.Result result = DatabaseCopy.copy(live, folder.resolve("copy.db"), PATIENCE);
        assertThat(result).isNotInstanceOf(DatabaseCopy.Result.HotJournal.class);
        if (result instanceof DatabaseCopy.Result.Copied) {
            assertThat(DatabaseCheck.of(folder.resolve("copy.db")).ok()).isFalse();
        }
    }

    /// A server that lost its locks must not lose its log to us as well.
    @Test
    void theLogOfAServerThatLostItsLocksSurvives() throws Exception {
        Path live = folder.resolve("live.db");
        try (Connection server = open(live, "WAL")) {
            fill(server);
            SqliteFile.run(server, "INSERT INTO Users VALUES ('committed')");
            // closing any descriptor of the file drops all of the process's locks on it
            assertThat(Files.readAllBytes(live)).isNotEmpty();
            Path log = live.resolveSibling("live.db-wal");
            Object inode = Files.getAttribute(log, "unix:ino");
            try (ChildProcess copier = JavaProcess.of(CopyMain.class)
                    .classPath(DatabaseCopy.class, org.sqlite.JDBC.class)
                    .arguments(live.toString(), folder.resolve("copy.db").toString())
                    .start(folder, "copier")) {
                assertThat(copier.awaitExit(BOUND)).as(copier.tail(10)).isZero();
                assertThat(copier.output()).contains("Copied");
            }
            assertThat(Files.getAttribute(log, "unix:ino")).isEqualTo(inode);
            SqliteFile.run(server, "INSERT INTO Users VALUES ('after')");
            assertThat(SqliteFile.integrity(server)).isEqualTo("ok");
        }
        assertThat(DatabaseCheck.of(folder.resolve("copy.db")).ok()).isTrue();
    }

    @Test
    void oddNamesAreNoUris() throws Exception {
        for (String name : new String[] {"a?mode=rwc.db", "a#b.db", "a%20b.db", "file:x.db", "ü ö.db"}) {
            Path live = folder.resolve(name);
            Path made = folder.resolve("made-for-odd.db");
            try (Connection server = open(made, "DELETE")) {
                SqliteFile.run(server, "CREATE TABLE IF NOT EXISTS t (a)");
            }
            Files.move(made, live);
            Path copy = folder.resolve("copy.db");
            assertThat(DatabaseCopy.copy(live, copy, PATIENCE)).as(name).isEqualTo(new DatabaseCopy.Result.Copied());
            assertThat(DatabaseCheck.of(copy).pages()).isEqualTo(2);
            assertThat(DatabaseCheck.of(live).pages()).isEqualTo(2);
        }
    }

    private void crashWithJournal(Path made, Path live) throws Exception {
        try (Connection server = open(made, "DELETE")) {
            fill(server);
            SqliteFile.run(server, "PRAGMA cache_size = 5");
            SqliteFile.run(server, "BEGIN IMMEDIATE");
            SqliteFile.run(server, "UPDATE Users SET Id = hex(randomblob(500))");
            Files.copy(made, live);
            Files.copy(
                    made.resolveSibling(made.getFileName() + "-journal"),
                    live.resolveSibling(live.getFileName() + "-journal"));
            SqliteFile.run(server, "ROLLBACK");
        }
    }

    private static void fill(Connection server) throws Exception {
        SqliteFile.run(server, "CREATE TABLE Users (Id TEXT)");
        SqliteFile.run(
                server,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                        + " INSERT INTO Users SELECT hex(randomblob(500)) FROM n");
    }

    private static Connection open(Path file, String journal) throws Exception {
        Connection connection = SqliteFile.open(file);
        SqliteFile.run(connection, "PRAGMA journal_mode = " + journal);
        return connection;
    }

    private ChildProcess writer(Path live) {
        ChildProcess writer = JavaProcess.of(TransferWriterMain.class)
                .classPath(org.sqlite.JDBC.class)
                .arguments("--db", live.toString(), "--rows", "8000", "--note-bytes", "300")
                .arguments("--commit-journal", folder.resolve("journal").toString())
                .start(folder, "writer");
        writer.awaitLine(Pattern.compile("^writing"), BOUND);
        return writer;
    }

    private static void copySlowly(Path live, Path copy) throws Exception {
        try (InputStream in = Files.newInputStream(live);
                var out = Files.newOutputStream(copy)) {
            byte[] page = new byte[PAGE];
            for (int n = in.readNBytes(page, 0, page.length); n > 0; n = in.readNBytes(page, 0, page.length)) {
                out.write(page, 0, n);
            }
        }
    }

    private static int walFlag(Path database) throws Exception {
        try (InputStream in = Files.newInputStream(database)) {
            return in.readNBytes(20)[18];
        }
    }
}
