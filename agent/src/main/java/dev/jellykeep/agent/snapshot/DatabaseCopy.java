package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/// Copies a live database through SQLite's online backup, in one step, over a read-only connection of its own. A
/// read-only connection can never take the role of the last closer, which would unlink the server's log.
public final class DatabaseCopy {
    private static final int SQLITE_DONE_OK = 0;
    private static final int PAUSE_MS = 100;

    private DatabaseCopy() {}

    /// What copying came to.
    public sealed interface Result {
        record Copied() implements Result {}

        /// Another connection kept it locked for the whole time.
        record Busy() implements Result {}

        /// A rollback journal is there that only a writer can play back.
        record HotJournal() implements Result {}

        /// SQLite can't read it; `why` is SQLite's own word.
        record Unusable(String why) implements Result {}
    }

    /// @param copy replaced; nothing is left there unless the result is Copied
    /// @param patience how long to wait for locks
    public static Result copy(Path database, Path copy, Duration patience) throws IOException {
        Files.deleteIfExists(copy);
        Result result = obstacle(database);
        if (result == null) {
            result = quickly(database, copy) ? new Result.Copied() : attempt(database, copy, patience);
        }
        if (!(result instanceof Result.Copied)) {
            remove(copy);
        }
        return result;
    }

    private static Result.@Nullable Unusable obstacle(Path database) throws IOException {
        for (String ending : SqliteFiles.SIDE_ENDINGS) {
            Path side = SqliteFiles.side(database, ending);
            if (FileStat.of(side).filter(FileStat::isLink).isPresent()) {
                return new Result.Unusable(
                        side.getFileName() + " beside it is a link, which SQLite does not follow:" + " remove it");
            }
        }
        return emptyWithLog(database)
                ? new Result.Unusable("it is empty beside a write-ahead log, which SQLite would delete")
                : null;
    }

    private static void remove(Path copy) throws IOException {
        Files.deleteIfExists(copy);
        SqliteFiles.removeSides(copy);
    }

    /// Without waiting until a copy that is soon removed again is on the disk, which takes as long as copying. Only
    /// who owns the copy's connection can say so; SQLite then doesn't tell why it can't copy. What isn't finished
    /// it rolls back, so that nothing is left of it, and {@link #attempt} finds out why.
    private static boolean quickly(Path database, Path copy) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        int code;
        try (Connection connection = config.createConnection("jdbc:sqlite:" + SqliteUri.created(copy))) {
            DB handle = ((SQLiteConnection) connection).getDatabase();
            code = handle.restore("main", SqliteUri.readOnly(database), null, PAUSE_MS, 1, -1);
        } catch (SQLException e) {
            code = e.getErrorCode();
        }
        boolean whole = code == SQLITE_DONE_OK && sizeOf(copy) > 0 && !hasJournal(copy);
        if (!whole) {
            remove(copy);
        }
        return whole;
    }

    private static Result attempt(Path database, Path copy, Duration patience) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout((int) patience.toMillis());
        try (Connection connection = config.createConnection("jdbc:sqlite:" + SqliteUri.readOnly(database))) {
            DB handle = ((SQLiteConnection) connection).getDatabase();
            int code =
                    handle.backup("main", copy.toString(), null, PAUSE_MS, (int) (patience.toMillis() / PAUSE_MS), -1);
            return code == SQLITE_DONE_OK
                    ? new Result.Copied()
                    : failed(database, code, SQLiteErrorCode.getErrorCode(code).toString());
        } catch (SQLException e) {
            return failed(database, e.getErrorCode(), String.valueOf(e.getMessage()));
        }
    }

    private static Result failed(Path database, int code, String message) {
        int primary = code & 0xFF;
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new Result.Busy();
        }
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            throw new AgentException(
                    Reason.NO_SPACE,
                    "the disk was full while " + database + " was copied: free some space on its volume");
        }
        // a reader that finds a hot journal wants to roll back, which it may not or can't
        boolean wantsToWrite =
                primary == SQLiteErrorCode.SQLITE_READONLY.code || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code;
        return wantsToWrite && hasJournal(database) ? new Result.HotJournal() : new Result.Unusable(message);
    }

    private static boolean emptyWithLog(Path database) throws IOException {
        return sizeOf(database) == 0 && sizeOf(SqliteFiles.side(database, "-wal")) > 0;
    }

    private static boolean hasJournal(Path database) {
        try {
            return sizeOf(SqliteFiles.side(database, "-journal")) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static long sizeOf(Path file) throws IOException {
        return FileStat.of(file).map(FileStat::size).orElse(0L);
    }
}
