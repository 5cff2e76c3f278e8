package dev.jellykeep.agent.torment;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.sqlite.Collation;
import org.sqlite.JDBC;

/// What plugins leave beside a server's own database: `hot.db`, whose transaction only a writer can undo;
/// `own-order.db`,
/// with an order of its own that nobody else knows; `broken.db`, whose name and first bytes are all that it has of one.
final class Plugins {
    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Path folder;
    private final byte[] hot;
    private final byte[] journal;

    private Plugins(Path folder) throws IOException {
        this.folder = folder;
        hot = Files.readAllBytes(folder.resolve("hot.db"));
        journal = Files.readAllBytes(folder.resolve("hot.db-journal"));
    }

    static Plugins in(Path folder, Path work) throws IOException, SQLException {
        try (ChildProcess plugin = JavaProcess.of(HalfTransactionMain.class)
                .classPath(JDBC.class, SqliteFile.class)
                .arguments(folder.resolve("hot.db").toString())
                .start(work, "plugin")) {
            var _ = plugin.awaitLine(Pattern.compile("^half done$"), BOUND);
        }
        try (Connection connection = SqliteFile.open(folder.resolve("own-order.db"))) {
            Collation.create(connection, "OWN", new Collation() {
                @Override
                protected int xCompare(String left, String right) {
                    return right.compareTo(left);
                }
            });
            SqliteFile.run(connection, "CREATE TABLE t (a TEXT COLLATE OWN)");
            SqliteFile.run(connection, "CREATE INDEX i ON t (a)");
            SqliteFile.run(connection, "INSERT INTO t VALUES ('b'), ('a')");
        }
        Files.write(
                folder.resolve("broken.db"),
                Arrays.copyOf("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 9000));
        return new Plugins(folder);
    }

    /// Nobody but their owner has changed them.
    boolean untouched() throws IOException {
        return Arrays.equals(hot, Files.readAllBytes(folder.resolve("hot.db")))
                && Arrays.equals(journal, Files.readAllBytes(folder.resolve("hot.db-journal")));
    }

    /// The first thing that is wrong with those in a folder, once their owners start again; empty if nothing is.
    static String fault(Path folder) throws SQLException {
        try (Connection connection = SqliteFile.open(folder.resolve("hot.db"))) {
            long before = SqliteFile.number(connection, "SELECT count(*) FROM t WHERE word = 'before'");
            String integrity = SqliteFile.integrity(connection);
            if (before != HalfTransactionMain.ROWS || !integrity.equals("ok")) {
                return "hot.db holds " + before + " rows of before its transaction, " + integrity;
            }
        }
        try (Connection connection = SqliteFile.open(folder.resolve("own-order.db"))) {
            long rows = SqliteFile.number(connection, "SELECT count(*) FROM t NOT INDEXED");
            if (rows != 2) {
                return "own-order.db holds " + rows + " rows";
            }
        }
        return Files.exists(folder.resolve("broken.db")) ? "" : "broken.db is missing";
    }
}
