package dev.jellykeep.agent.snapshot;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// Opens a private copy of a database and asks what it is.
public final class DatabaseCheck {
    /// `PermissionKind.IsAdministrator` in Jellyfin.
    private static final int ADMINISTRATOR = 0;

    /// Negative: KiB. The check looks up every row in every index; with SQLite's 2 MB it reads the same pages again and
    /// again, at 100 MB for twice as long.
    private static final int CACHE = -16 * 1024;

    /// Bytes. Reading a page by a call of its own is half of the check's time; what is mapped counts as memory.
    private static final int MAPPED = 16 << 20;

    private DatabaseCheck() {}

    /// How much of a database is looked at.
    public enum Depth {
        /// Every page, and every index against its table: `integrity_check`. `quick_check` would pass torn copies.
        WHOLE,

        /// What it says of itself: for bytes whose digest is that of those that passed the whole check.
        PROVEN
    }

    /// Loads SQLite and its driver, which takes about as long as the first requests to a store: for a thread
    /// beside them. What goes wrong is told where a database is opened.
    public static void prepare() {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
            connection.isReadOnly();
        } catch (SQLException _) {
            return;
        }
    }

    /// The whole check.
    ///
    /// @param copy a file that nobody else has open
    public static DatabaseFacts of(Path copy) {
        return of(copy, Depth.WHOLE);
    }

    /// @param copy a file that nobody else has open
    public static DatabaseFacts of(Path copy, Depth depth) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setCacheSize(CACHE);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Integer.toString(MAPPED));
        try (Connection connection = config.createConnection("jdbc:sqlite:" + SqliteUri.immutable(copy));
                Statement statement = connection.createStatement()) {
            DatabaseFacts.Check check = depth == Depth.PROVEN ? new DatabaseFacts.Check.Ok() : integrity(statement);
            if (check instanceof DatabaseFacts.Check.Damaged) {
                return new DatabaseFacts(-1, null, null, null, check);
            }
            Long users = count(statement, "Users", "SELECT count(*) FROM Users");
            return new DatabaseFacts(
                    one(statement, "PRAGMA page_count"),
                    users,
                    users == null ? null : administrators(statement),
                    migrationHead(statement),
                    check);
        } catch (SQLException e) {
            return new DatabaseFacts(
                    -1, null, null, null, new DatabaseFacts.Check.Damaged(String.valueOf(e.getMessage())));
        }
    }

    private static DatabaseFacts.Check integrity(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
            String verdict = rows.next() ? rows.getString(1) : "no answer";
            return verdict.equals("ok") ? new DatabaseFacts.Check.Ok() : complaint(verdict);
        } catch (SQLException e) {
            return complaint(String.valueOf(e.getMessage()));
        }
    }

    private static DatabaseFacts.Check complaint(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("no such collation")
                        || lower.contains("no such module")
                        || lower.contains("no such function")
                ? new DatabaseFacts.Check.NotCheckable(text)
                : new DatabaseFacts.Check.Damaged(text);
    }

    private static @Nullable Long administrators(Statement statement) throws SQLException {
        Long administrators = count(
                statement,
                "Permissions",
                "SELECT count(DISTINCT UserId) FROM Permissions WHERE Kind = " + ADMINISTRATOR + " AND Value <> 0"
                        + " AND UserId IN (SELECT Id FROM Users)");
        return administrators == null ? Long.valueOf(0) : administrators;
    }

    private static @Nullable String migrationHead(Statement statement) throws SQLException {
        if (!hasTable(statement, "__EFMigrationsHistory")) {
            return null;
        }
        try (ResultSet rows = statement.executeQuery("SELECT max(MigrationId) FROM __EFMigrationsHistory")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private static @Nullable Long count(Statement statement, String table, String query) throws SQLException {
        return hasTable(statement, table) ? Long.valueOf(one(statement, query)) : null;
    }

    private static boolean hasTable(Statement statement, String table) throws SQLException {
        return one(statement, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'") > 0;
    }

    private static long one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
