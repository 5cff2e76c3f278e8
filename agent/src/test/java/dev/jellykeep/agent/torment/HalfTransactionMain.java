package dev.jellykeep.agent.torment;

import dev.jellykeep.sandbox.process.ParentWatch;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/// A plugin that is in the midst of a transaction until it is killed: `DATABASE`. All rows say `before`, then half of
/// what says `after` is in the file, and what was there is in its journal. Prints `half done`.
final class HalfTransactionMain {
    static final int ROWS = 400;

    private HalfTransactionMain() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        ParentWatch.start();
        try (Connection connection = SqliteFile.open(Path.of(arguments[0]))) {
            SqliteFile.run(connection, "PRAGMA journal_mode = DELETE");
            SqliteFile.run(connection, "CREATE TABLE t (word TEXT, noise BLOB)");
            SqliteFile.run(
                    connection,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ")"
                            + " INSERT INTO t SELECT 'before', randomblob(1000) FROM n");
            SqliteFile.run(connection, "PRAGMA cache_size = 5");
            SqliteFile.run(connection, "BEGIN IMMEDIATE");
            SqliteFile.run(connection, "UPDATE t SET word = 'after!', noise = randomblob(1000)");
            System.out.println("half done");
            new CountDownLatch(1).await();
        }
    }
}
