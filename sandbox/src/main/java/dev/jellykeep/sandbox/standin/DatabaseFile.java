package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// One of the server's databases at start: made if it is new, judged if it was there.
final class DatabaseFile {

    private DatabaseFile() {}

    /// Opens the pool; creates the tables in WAL mode where `table` is missing.
    ///
    /// @throws StandInRefusal if what is there is not a sound database
    static ConnectionPool open(Path file, String table, List<String> schema, StandInOptions options)
            throws SQLException, IOException {
        boolean existing = Files.exists(file) && Files.size(file) > 0;
        try {
            ConnectionPool pool = ConnectionPool.open(file, options.walAutocheckpoint());
            if (existing) {
                judge(file, pool.writer());
            }
            if (!SqliteFile.hasTable(pool.writer(), table)) {
                create(pool.writer(), schema);
            }
            if (options.stripLocks()) {
                stripLocks(file);
            }
            return pool;
        } catch (SQLException e) {
            if (existing) {
                throw malformed(file, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static void judge(Path file, Connection connection) throws SQLException {
        String integrity = SqliteFile.integrity(connection);
        if (!"ok".equals(integrity)) {
            throw malformed(file, integrity);
        }
    }

    private static StandInRefusal malformed(Path file, String why) {
        return new StandInRefusal("The database " + file + " is malformed (" + why.replace('\n', ' ')
                + "): restore it from a backup, or remove it to start anew.");
    }

    private static void create(Connection connection, List<String> schema) throws SQLException {
        SqliteFile.run(connection, "PRAGMA journal_mode = WAL");
        SqliteFile.run(connection, "BEGIN IMMEDIATE");
        for (String statement : schema) {
            SqliteFile.run(connection, statement);
        }
        SqliteFile.run(connection, "COMMIT");
    }

    // Closing any descriptor of a file drops all POSIX locks that the process holds on it, SQLite's too.
    private static void stripLocks(Path file) throws IOException {
        try (var stream = new FileInputStream(file.toFile())) {
            int _ = stream.read();
        }
    }
}
