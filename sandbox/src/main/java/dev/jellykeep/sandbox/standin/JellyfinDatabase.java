package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The server's databases while it runs, and what the server does with them. One thread writes at a time.
final class JellyfinDatabase implements AutoCloseable {

    private static final int ITEMS_A_COMMIT = 200;
    private static final int PLAYED_ITEMS = 200;

    private final StandInOptions options;
    private final ConnectionPool server;
    private final ConnectionPool library;
    private final PluginDatabase plugin;
    private final NumberedCommits commits;
    private final PlayStates playStates;
    private final SampleText sample;
    private final LibraryRows rows;
    private final Object writing = new Object();

    private JellyfinDatabase(StandInOptions options) throws SQLException, IOException {
        this.options = options;
        JellyfinEra era = options.era();
        JellyfinFolders folders = options.folders();
        server = DatabaseFile.open(folders.database(), "Users", era.schema(), options);
        library = era.hasLibraryDatabase()
                ? DatabaseFile.open(folders.libraryDatabase(), era.items(), era.librarySchema(), options)
                : server;
        plugin = PluginDatabase.open(folders.pluginDatabase());
        commits = NumberedCommits.on(server.writer(), library.writer(), options);
        playStates = new PlayStates(era, options.seed(), library.writer());
        // Rows added after a restart must not repeat the ids of those from before.
        sample = new SampleText(options.seed() * 31 + commits.last());
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
            long number = commits.commit("VideoPlayback", _ -> {}, _ -> playStates.transfer(commits.last() + 1));
            plugin.played(number);
            return number;
        }
    }

    /// Creates a user, with a play state for each of the first items.
    void createUser(String name, boolean administrator) throws SQLException, IOException {
        synchronized (writing) {
            List<String> items = itemIds();
            List<String> user = new ArrayList<>();
            long _ = commits.commit(
                    "UserCreated",
                    serverConnection -> user.add(UserRows.insert(serverConnection, name, administrator, sample)),
                    libraryConnection -> {
                        for (String item : items) {
                            rows.insertUserData(libraryConnection, item, user.getFirst());
                        }
                    });
            playStates.recount();
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
            long _ = commits.commit("LibraryScan", _ -> {}, libraryConnection -> {
                for (int i = 0; i < ITEMS_A_COMMIT; i++) {
                    String item = rows.insertItem(libraryConnection);
                    if (!user.isEmpty() && i % 4 == 0) {
                        rows.insertUserData(libraryConnection, item, user);
                    }
                }
            });
            playStates.recount();
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
            return commits.last();
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        synchronized (writing) {
            plugin.close();
            for (ConnectionPool pool : pools()) {
                pool.close();
            }
            commits.close();
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
}
