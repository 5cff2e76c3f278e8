package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.data.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Recovers databases that an older tool copied together with their logs: what was committed is in the log. Only in
/// staging, where nobody else has them open.
public final class Recovery {
    private Recovery() {}

    /// Opens each database read-write without its `-shm`, writes the log back and closes it; a hot journal is
    /// played
    /// back by the same opening.
    ///
    /// @param databases files in staging
    /// @return how many had a log or a journal
    public static int recover(List<Path> databases) throws IOException {
        int recovered = 0;
        for (Path database : databases) {
            Files.deleteIfExists(SqliteFiles.side(database, "-shm"));
            if (hasBytes(SqliteFiles.side(database, "-wal")) || hasBytes(SqliteFiles.side(database, "-journal"))) {
                checkpoint(database);
                recovered++;
            }
            SqliteFiles.removeSides(database);
        }
        return recovered;
    }

    private static boolean hasBytes(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) > 0;
    }

    private static void checkpoint(Path database) throws ArchiveRefused {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM sqlite_master");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw ArchiveRefused.damaged(
                    "its database " + database.getFileName() + " can't be recovered: " + e.getMessage());
        }
    }
}
