package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.writer.CommitJournal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Commits that can be accounted for: each has a number, which is the id of the `ActivityLogs` row that it inserts, and
/// which is noted in the commit journal after the commit has returned.
///
/// With two databases (up to 10.10) a write is a transaction in each, the numbered one first. Not for several threads.
final class NumberedCommits implements AutoCloseable {

    private static final int LOG_ROWS = 20_000;
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final Connection server;
    private final Connection library;
    private final @Nullable CommitJournal journal;
    private long last;

    private NumberedCommits(Connection server, Connection library, @Nullable CommitJournal journal, long last) {
        this.server = server;
        this.library = library;
        this.journal = journal;
        this.last = last;
    }

    /// Goes on from the last number in the database.
    static NumberedCommits on(Connection server, Connection library, StandInOptions options)
            throws SQLException, IOException {
        CommitJournal journal = options.commitJournal().isPresent()
                ? CommitJournal.open(options.commitJournal().get(), options.commitJournalSync())
                : null;
        return new NumberedCommits(
                server, library, journal, SqliteFile.number(server, "SELECT max(Id) FROM ActivityLogs"));
    }

    /// Number of the last commit, 0 for none.
    long last() {
        return last;
    }

    /// Commits both changes; where both databases are one, in one transaction.
    ///
    /// @return its number
    long commit(String type, Change serverChange, Change libraryChange) throws SQLException, IOException {
        long number = last + 1;
        Change numbered = connection -> {
            serverChange.in(connection);
            log(connection, number, type);
        };
        if (server.equals(library)) {
            inTransaction(server, connection -> {
                numbered.in(connection);
                libraryChange.in(connection);
            });
        } else {
            inTransaction(server, numbered);
            inTransaction(library, libraryChange);
        }
        last = number;
        if (journal != null) {
            journal.append(number);
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
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

    // The oldest rows go, as the server's own retention has it, so that a long run does not grow for ever.
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

    /// What a transaction does.
    interface Change {
        void in(Connection connection) throws SQLException;
    }
}
