package dev.jellykeep.sandbox.writer;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;

/// A transfer database to which something is done every so many transactions.
final class TormentedDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SMALL_PAGE = 4096;
    private static final int LARGE_PAGE = 8192;

    private final Path file;
    private final Torment torment;
    private final long every;
    private TransferDatabase database;
    private long torments;

    TormentedDatabase(TransferDatabase database, Path file, Torment torment, long every) {
        this.database = database;
        this.file = file;
        this.torment = torment;
        this.every = every;
    }

    /// One transaction, and the torment if it is its turn.
    long transfer() throws SQLException, IOException {
        if (torment != Torment.NONE && (torments == 0 || database.committed() % every == 0)) {
            torments++;
            torment();
        }
        return database.transfer();
    }

    long committed() {
        return database.committed();
    }

    long torments() {
        return torments;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    private void torment() throws SQLException, IOException {
        switch (torment) {
            case NONE, EXCLUSIVE -> {}
            case STRIP_LOCKS, EXCLUSIVE_STRIPPED -> stripLocks();
            case OPTIMISE -> optimise(database.connection());
            case MIGRATE -> migrate(database.connection());
            case RENAME -> rename();
        }
    }

    private void stripLocks() throws IOException {
        try (var stream = new FileInputStream(file.toFile())) {
            int _ = stream.read();
        }
    }

    private static void optimise(Connection connection) throws SQLException {
        SqliteFile.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteFile.run(connection, "PRAGMA optimize");
        SqliteFile.run(connection, "VACUUM");
        SqliteFile.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void migrate(Connection connection) throws SQLException {
        SqliteFile.run(connection, "BEGIN IMMEDIATE");
        SqliteFile.run(
                connection,
                "CREATE TABLE account_new (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, owner TEXT NOT NULL,"
                        + " note BLOB, \"column_" + torments + "\" TEXT)");
        SqliteFile.run(
                connection,
                "INSERT INTO account_new (id, balance, owner, note) SELECT id, balance, owner, note FROM account");
        SqliteFile.run(connection, "DROP TABLE account");
        SqliteFile.run(connection, "ALTER TABLE account_new RENAME TO account");
        TransferDatabase.index(connection);
        SqliteFile.run(connection, "COMMIT");
        leaveLog(connection);
        SqliteFile.run(connection, "PRAGMA page_size = " + (torments % 2 == 0 ? SMALL_PAGE : LARGE_PAGE));
        SqliteFile.run(connection, "VACUUM");
        SqliteFile.run(connection, "PRAGMA journal_mode = WAL");
    }

    /// SQLite refuses it at once while anybody reads, whatever the time that it may wait for locks.
    private static void leaveLog(Connection connection) throws SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                SqliteFile.run(connection, "PRAGMA journal_mode = DELETE");
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code || System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private void rename() throws SQLException, IOException {
        Path old = file.resolveSibling(file.getFileName() + ".old");
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        boolean inOneMove = torments % 2 == 0;
        if (inOneMove) {
            SqliteFile.run(database.connection(), "VACUUM INTO '" + made + "'");
        }
        settle();
        Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
        if (inOneMove) {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            try (Connection source = SqliteFile.open(old)) {
                SqliteFile.run(source, "VACUUM INTO '" + file + "'");
            }
        }
        database = database.reopened(file);
    }

    /// Returns once the log has been played back and removed, which whoever has the file open beside it can hold up.
    private void settle() throws SQLException {
        database.close();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(file.resolveSibling(file.getFileName() + "-wal")) && System.nanoTime() < until) {
            try (Connection last = SqliteFile.open(file)) {
                SqliteFile.run(last, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
    }
}
