package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Connections to one database that stay open as long as the server runs: one that writes, the others read.
final class ConnectionPool implements AutoCloseable {

    private static final int READERS = 2;

    private final Connection writer;
    private final List<Connection> all = new ArrayList<>();
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

    private ConnectionPool(Path file, int walAutocheckpoint) throws SQLException {
        writer = connect(file, walAutocheckpoint);
        for (int i = 0; i < READERS; i++) {
            readers.add(connect(file, walAutocheckpoint));
        }
    }

    static ConnectionPool open(Path file, int walAutocheckpoint) throws SQLException {
        return new ConnectionPool(file, walAutocheckpoint);
    }

    /// For whoever holds the server's writing lock.
    Connection writer() {
        return writer;
    }

    /// Answers a question from one consistent state of the database, beside any writing.
    <T> T read(Question<T> question) throws SQLException {
        Connection reader;
        try {
            reader = readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for a free connection.", e);
        }
        try {
            SqliteFile.run(reader, "BEGIN");
            try {
                return question.ask(reader);
            } finally {
                SqliteFile.run(reader, "ROLLBACK");
            }
        } finally {
            readers.add(reader);
        }
    }

    /// As the server does at its end: optimise, then close everything; the last to close checkpoints the WAL, unless
    /// another process has the database open.
    @Override
    public void close() throws SQLException {
        SqliteFile.run(writer, "PRAGMA optimize");
        for (Connection connection : all) {
            connection.close();
        }
    }

    // The journal mode is not set here: the server sets it when it creates the database, and never again.
    private Connection connect(Path file, int walAutocheckpoint) throws SQLException {
        Connection connection = SqliteFile.open(file);
        all.add(connection);
        SqliteFile.run(connection, "PRAGMA locking_mode = NORMAL");
        SqliteFile.run(connection, "PRAGMA journal_size_limit = 134217728");
        SqliteFile.run(connection, "PRAGMA synchronous = NORMAL");
        SqliteFile.run(connection, "PRAGMA temp_store = MEMORY");
        SqliteFile.run(connection, "PRAGMA wal_autocheckpoint = " + walAutocheckpoint);
        return connection;
    }

    /// A question to a database.
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }
}
