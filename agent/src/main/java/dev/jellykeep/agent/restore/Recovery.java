package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.snapshot.SqliteUri;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// Recovers databases that an older tool copied together with their logs: what was committed is in the log. Only in
/// staging, where nobody else has them open.
public final class Recovery {
    /// Source: sqlite.org/fileformat2.html §4.1.
    private static final int PAGE_SIZE_AT = 8;

    private Recovery() {}

    /// Opens each database read-write without its `-shm`, writes the log back and closes it; a hot journal is
    /// played back by the same opening.
    ///
    /// @param databases files in staging
    /// @return how many had a log or a journal
    public static int recover(List<Path> databases) throws IOException {
        int recovered = 0;
        for (Path database : databases) {
            Files.deleteIfExists(SqliteFiles.side(database, "-shm"));
            giveFirstPage(database);
            if (hasBytes(SqliteFiles.side(database, "-wal")) || hasBytes(SqliteFiles.side(database, "-journal"))) {
                checkpoint(database);
                recovered++;
            }
            SqliteFiles.removeSides(database);
        }
        return recovered;
    }

    /// Recovers one database, or leaves it and what lies beside it as they were: SQLite deletes a log that it can't
    /// use.
    ///
    /// @param scratch private folder on the same volume; made and removed
    /// @return whether it could be recovered
    static boolean recoverOrLeave(Path database, Path scratch) throws IOException {
        List<Path> files = Stream.of("", "-wal", "-journal")
                .map(ending -> SqliteFiles.side(database, ending))
                .filter(Files::isRegularFile)
                .toList();
        Files.createDirectories(scratch);
        try {
            for (Path file : files) {
                Files.copy(file, scratch.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            recover(List.of(database));
            return true;
        } catch (ArchiveRefused e) {
            for (Path file : files) {
                Files.move(scratch.resolve(file.getFileName()), file, StandardCopyOption.REPLACE_EXISTING);
            }
            return false;
        } finally {
            Workspace.deleteTree(scratch);
        }
    }

    /// SQLite deletes the log beside a database of zero bytes. With one page, whatever is in it, it reads the
    /// log, which holds that page too if it holds the database.
    private static void giveFirstPage(Path database) throws IOException {
        Path log = SqliteFiles.side(database, "-wal");
        if (!hasBytes(log) || Files.size(database) > 0) {
            return;
        }
        try (DataInputStream header = new DataInputStream(Files.newInputStream(log))) {
            header.skipNBytes(PAGE_SIZE_AT);
            int pageSize = header.readInt();
            if (Integer.bitCount(pageSize) == 1 && pageSize >= 512 && pageSize <= 65536) {
                Files.write(database, new byte[pageSize]);
            }
        } catch (EOFException tooShort) {
            // no log
        }
    }

    private static boolean hasBytes(Path file) throws IOException {
        return Presence.isFile(file) && Files.size(file) > 0;
    }

    private static void checkpoint(Path database) throws ArchiveRefused {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + SqliteUri.readWrite(database));
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM sqlite_master");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw ArchiveRefused.damaged(
                    "its database " + database.getFileName() + " can't be recovered: " + e.getMessage());
        }
    }
}
