package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// A plugin's own database, held open by the server, with a rollback journal where the server's own has a WAL.
final class PluginDatabase implements AutoCloseable {

    private static final int EVERY = 50;

    private final Connection connection;

    private PluginDatabase(Connection connection) {
        this.connection = connection;
    }

    static PluginDatabase open(Path file) throws SQLException {
        Connection connection = SqliteFile.open(file);
        SqliteFile.run(
                connection,
                "CREATE TABLE IF NOT EXISTS PlaybackActivity (DateCreated TEXT NOT NULL, UserId TEXT, ItemId TEXT,"
                        + " ItemName TEXT, PlayDuration INTEGER)");
        return new PluginDatabase(connection);
    }

    /// Notes every 50th activity.
    void played(long number) throws SQLException {
        if (number % EVERY == 0) {
            LibraryRows.insert(
                    connection,
                    "PlaybackActivity VALUES (?,?,?,?,?)",
                    LibraryRows.time(number),
                    null,
                    null,
                    "activity " + number,
                    number % 7_200);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
