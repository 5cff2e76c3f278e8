package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.writer.CommitJournal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The server's databases while it runs. Every write is one numbered transaction: its number is the id of the
/// `ActivityLogs` row that it inserts, and is noted in the commit journal after the commit has returned.
///
/// With two databases (up to 10.10) a write is a transaction in each, the numbered one first.
final class JellyfinDatabase implements AutoCloseable {

    private static final int LOG_ROWS = 20_000;
    private static final int ITEMS_A_COMMIT = 200;
    private static final int PLAYED_ITEMS = 200;
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final StandInOptions options;
    private final ConnectionPool server;
    private final ConnectionPool library;
    private final PluginDatabase plugin;
    private final @Nullable CommitJournal journal;
    private final SampleText sample;
    private final LibraryRows rows;
    private final Object writing = new Object();
    private long lastCommitted;
    private long playStates;

    private JellyfinDatabase(StandInOptions options) throws SQLException, IOException {
        this.options = options;
        JellyfinEra era = options.era();
        JellyfinFolders folders = options.folders();
        server = DatabaseFile.open(folders.database(), "Users", era.schema(), options);
        library = era.hasLibraryDatabase()
                ? DatabaseFile.open(folders.libraryDatabase(), era.items(), era.librarySchema(), options)
                : server;
        plugin = PluginDatabase.open(folders.pluginDatabase());
        journal = options.commitJournal().isPresent()
                ? CommitJournal.open(options.commitJournal().get(), options.commitJournalSync())
                : null;
        lastCommitted = SqliteFile.number(server.writer(), "SELECT max(Id) FROM ActivityLogs");
        playStates = countPlayStates();
        // Rows added after a restart must not repeat the ids of those from before.
        sample = new SampleText(options.seed() * 31 + lastCommitted);
        rows = new LibraryRows(era, folders, sample);
    }

    /// @throws StandInRefusal if what is there is not a sound database
    static JellyfinDatabase open(StandInOptions options) throws SQLException, IOException {
        return new JellyfinDatabase(options);
    }

    /// With one database, all of it from one state.
    StandInFacts facts(long failedWrites) throws SQLException {
        return server == library
                ? server.read(connection -> facts(connection, connection, failedWrites))
                : server.read(connection -> library.read(other -> facts(connection, other, failedWrites)));
    }

    long users() throws SQLException {
        return server.read(connection -> SqliteFile.number(connection, "SELECT count(*) FROM Users"));
    }

    /// What the server does all the time: notes an activity and moves ticks between two play states.
    long activity() throws SQLException, IOException {
        synchronized (writing) {
            long number = commit("VideoPlayback", libraryConnection -> transfer(libraryConnection, lastCommitted + 1));
            plugin.played(number);
            return number;
        }
    }

    /// Creates a user, with a play state for each of the first items.
    void createUser(String name, boolean administrator) throws SQLException, IOException {
        synchronized (writing) {
            List<String> items = itemIds();
            List<String> user = new ArrayList<>();
            long _ = commit(
                    "UserCreated",
                    serverConnection -> user.add(UserRows.insert(serverConnection, name, administrator, sample)),
                    libraryConnection -> {
                        for (String item : items) {
                            rows.insertUserData(libraryConnection, item, user.getFirst());
                        }
                    });
            playStates = countPlayStates();
        }
    }

    /// Adds items until the library's database has at least `bytes` more than now; other writes go on in between.
    void growLibrary(long bytes) throws SQLException, IOException {
        long target = libraryBytes() + bytes;
        while (libraryBytes() < target) {
            addItems();
        }
    }

    private void addItems() throws SQLException, IOException {
        synchronized (writing) {
            String user = SqliteFile.text(server.writer(), "SELECT Id FROM Users ORDER BY InternalId");
            long _ = commit("LibraryScan", libraryConnection -> {
                for (int i = 0; i < ITEMS_A_COMMIT; i++) {
                    String item = rows.insertItem(libraryConnection);
                    if (!user.isEmpty() && i % 4 == 0) {
                        rows.insertUserData(libraryConnection, item, user);
                    }
                }
            });
            playStates = countPlayStates();
        }
    }

    /// Size of the library's database in bytes, as its next checkpoint will leave it.
    long libraryBytes() throws SQLException {
        synchronized (writing) {
            return SqliteFile.number(library.writer(), "PRAGMA page_count")
                    * SqliteFile.number(library.writer(), "PRAGMA page_size");
        }
    }

    /// The server's own task, every six hours: it empties the WAL and rewrites the database.
    void optimize() throws SQLException {
        synchronized (writing) {
            for (ConnectionPool pool : pools()) {
                SqliteFile.run(pool.writer(), "PRAGMA wal_checkpoint(TRUNCATE)");
                SqliteFile.run(pool.writer(), "PRAGMA optimize");
                SqliteFile.run(pool.writer(), "VACUUM");
                SqliteFile.run(pool.writer(), "PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
    }

    long lastCommitted() {
        synchronized (writing) {
            return lastCommitted;
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        synchronized (writing) {
            plugin.close();
            for (ConnectionPool pool : pools()) {
                pool.close();
            }
            if (journal != null) {
                journal.close();
            }
        }
    }

    private StandInFacts facts(Connection serverConnection, Connection libraryConnection, long failedWrites)
            throws SQLException {
        try {
            return StandInFacts.of(options.era(), serverConnection, libraryConnection, options.folders(), failedWrites);
        } catch (IOException e) {
            throw new SQLException("The configuration cannot be read.", e);
        }
    }

    private List<ConnectionPool> pools() {
        return server == library ? List.of(server) : List.of(server, library);
    }

    private long commit(String type, Change libraryChange) throws SQLException, IOException {
        return commit(type, _ -> {}, libraryChange);
    }

    private long commit(String type, Change serverChange, Change libraryChange) throws SQLException, IOException {
        long number = lastCommitted + 1;
        Change numbered = connection -> {
            serverChange.in(connection);
            log(connection, number, type);
        };
        if (server == library) {
            inTransaction(server.writer(), connection -> {
                numbered.in(connection);
                libraryChange.in(connection);
            });
        } else {
            inTransaction(server.writer(), numbered);
            inTransaction(library.writer(), libraryChange);
        }
        lastCommitted = number;
        if (journal != null) {
            journal.append(number);
        }
        return number;
    }

    private static void inTransaction(Connection connection, Change change) throws SQLException {
        SqliteFile.run(connection, "BEGIN IMMEDIATE");
        try {
            change.in(connection);
            SqliteFile.run(connection, "COMMIT");
        } catch (SQLException e) {
            try {
                SqliteFile.run(connection, "ROLLBACK");
            } catch (SQLException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private static void log(Connection connection, long number, String type) throws SQLException {
        LibraryRows.insert(
                connection,
                "ActivityLogs VALUES (?,?,?,?,?,?,?,?,?,?)",
                number,
                type + " " + number,
                null,
                null,
                type,
                NOBODY,
                null,
                LibraryRows.time(number),
                2,
                1);
        SqliteFile.run(connection, "DELETE FROM ActivityLogs WHERE Id <= " + (number - LOG_ROWS));
    }

    private void transfer(Connection connection, long number) throws SQLException {
        if (playStates < 2) {
            return;
        }
        // From the seed and the number alone, so that commit n does the same in every run on the same data.
        var random = new SplittableRandom(options.seed() ^ (number * 0x9E3779B97F4A7C15L));
        long from = 1 + random.nextLong(playStates);
        long to = 1 + (from + random.nextLong(playStates - 1)) % playStates;
        long ticks = 1 + random.nextLong(10_000);
        move(connection, from, -ticks);
        move(connection, to, ticks);
    }

    private void move(Connection connection, long row, long ticks) throws SQLException {
        String column = options.era().ticks();
        SqliteFile.run(
                connection,
                "UPDATE " + options.era().userData() + " SET " + column + " = " + column + " + " + ticks
                        + " WHERE rowid = " + row);
    }

    private long countPlayStates() throws SQLException {
        return SqliteFile.number(
                library.writer(), "SELECT count(*) FROM " + options.era().userData());
    }

    private List<String> itemIds() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (var statement = library.writer().createStatement();
                var found = statement.executeQuery(
                        "SELECT * FROM " + options.era().items() + " ORDER BY rowid LIMIT " + PLAYED_ITEMS)) {
            while (found.next()) {
                ids.add(found.getString(1));
            }
        }
        return ids;
    }

    /// What a transaction does.
    private interface Change {
        void in(Connection connection) throws SQLException;
    }
}
