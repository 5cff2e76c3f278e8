package dev.jellykeep.agent.snapshot;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig;

/// What one copy of a database holds that another doesn't, table by table.
///
/// @param table its name
/// @param onlyHere rows of this copy that the other has not, by the columns that both have
/// @param onlyThere rows of the other copy that this one has not
public record DatabaseDifference(String table, long onlyHere, long onlyThere) {
    private static final String TABLES = "SELECT name FROM %s.sqlite_master WHERE type = 'table'"
            + " AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%%' ORDER BY name";

    /// Tables that differ; a changed row counts on both sides.
    ///
    /// @param here a file that nobody else has open
    /// @param there likewise
    /// @throws SQLException if one of them can't be read
    public static List<DatabaseDifference> between(Path here, Path there) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + SqliteUri.immutable(here));
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + text(SqliteUri.immutable(there)) + " AS there");
            Set<String> ours = names(statement, TABLES.formatted("main"));
            Set<String> theirs = names(statement, TABLES.formatted("there"));
            Set<String> all = new LinkedHashSet<>(ours);
            all.addAll(theirs);
            List<DatabaseDifference> found = new ArrayList<>();
            for (String table : all) {
                DatabaseDifference each = !theirs.contains(table)
                        ? new DatabaseDifference(table, count(statement, "main." + quoted(table)), 0)
                        : !ours.contains(table)
                                ? new DatabaseDifference(table, 0, count(statement, "there." + quoted(table)))
                                : rows(statement, table);
                if (each.onlyHere > 0 || each.onlyThere > 0) {
                    found.add(each);
                }
            }
            return found;
        }
    }

    private static DatabaseDifference rows(Statement statement, String table) throws SQLException {
        Set<String> columns = columns(statement, "main", table);
        columns.retainAll(columns(statement, "there", table));
        if (columns.isEmpty()) {
            return new DatabaseDifference(
                    table, count(statement, "main." + quoted(table)), count(statement, "there." + quoted(table)));
        }
        // as literals, so that no collation of the app's own is asked for
        String list =
                columns.stream().map(column -> "quote(" + quoted(column) + ")").collect(Collectors.joining(", "));
        String here = "SELECT " + list + " FROM main." + quoted(table);
        String there = "SELECT " + list + " FROM there." + quoted(table);
        return new DatabaseDifference(
                table,
                count(statement, "(" + here + " EXCEPT " + there + ")"),
                count(statement, "(" + there + " EXCEPT " + here + ")"));
    }

    private static Set<String> columns(Statement statement, String schema, String table) throws SQLException {
        return names(statement, "SELECT name FROM pragma_table_info(" + text(table) + ", " + text(schema) + ")");
    }

    private static Set<String> names(Statement statement, String query) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long count(Statement statement, String from) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
