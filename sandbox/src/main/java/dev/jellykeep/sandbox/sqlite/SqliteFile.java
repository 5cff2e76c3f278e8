package dev.jellykeep.sandbox.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Ways to open one SQLite database file, and the questions the sandbox asks of it.
public final class SqliteFile {

    private SqliteFile() {}

    /// Opens for reading and writing, creating the file if need be; waits up to 30 s for other writers.
    public static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        run(connection, "PRAGMA busy_timeout = 30000");
        return connection;
    }

    /// Opens a private copy that nobody changes: takes no lock, leaves no side file, and **ignores a WAL** beside it.
    public static Connection openImmutable(Path file) throws SQLException {
        String path = file.toAbsolutePath().toUri().getRawPath();
        return DriverManager.getConnection("jdbc:sqlite:file://" + path + "?immutable=1&mode=ro");
    }

    /// The first line of `PRAGMA integrity_check`: `ok`, or the first thing that is wrong.
    public static String integrity(Connection connection) throws SQLException {
        return text(connection, "PRAGMA integrity_check(1)");
    }

    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// First column of the only row, as a number; 0 for NULL.
    public static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// First column of the first row, as text; empty for no row or NULL.
    public static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            String value = row.next() ? row.getString(1) : null;
            return value == null ? "" : value;
        }
    }

    public static boolean hasTable(Connection connection, String table) throws SQLException {
        return number(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '" + table + "'")
                > 0;
    }
}
