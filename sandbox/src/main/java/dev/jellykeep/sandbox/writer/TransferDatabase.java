package dev.jellykeep.sandbox.writer;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;

/// A database of accounts whose balances always add up to the same sum: each transaction moves an amount from one
/// account to another and counts itself. A copy that tears a transaction breaks the sum, an index, or both.
final class TransferDatabase implements AutoCloseable {

    static final long BALANCE = 1_000;

    private final Connection connection;
    private final PreparedStatement move;
    private final PreparedStatement count;
    private final long rows;
    private final SplittableRandom random;
    private long committed;

    private TransferDatabase(Connection connection, SplittableRandom random) throws SQLException {
        this.connection = connection;
        this.random = random;
        this.rows = SqliteFile.number(connection, "SELECT max(id) FROM account");
        this.move = connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?");
        this.count = connection.prepareStatement("UPDATE progress SET transactions = ?");
        this.committed = SqliteFile.number(connection, "SELECT transactions FROM progress");
    }

    /// Opens the database, filling it first if it is new.
    static TransferDatabase open(Path file, long rows, int noteBytes, long seed, boolean exclusive)
            throws SQLException {
        Connection connection = SqliteFile.open(file);
        SqliteFile.run(connection, "PRAGMA synchronous = NORMAL");
        SqliteFile.run(connection, "PRAGMA locking_mode = " + (exclusive ? "EXCLUSIVE" : "NORMAL"));
        if (!SqliteFile.hasTable(connection, "progress")) {
            SqliteFile.run(connection, "PRAGMA journal_mode = WAL");
            fill(connection, rows, noteBytes, new SplittableRandom(seed));
        }
        return new TransferDatabase(connection, new SplittableRandom(seed));
    }

    /// The same data in a file that has been made anew since, with the same accidents to come.
    ///
    /// @param file in the place of this one, which is closed
    TransferDatabase reopened(Path file) throws SQLException {
        Connection again = SqliteFile.open(file);
        SqliteFile.run(again, "PRAGMA synchronous = NORMAL");
        SqliteFile.run(again, "PRAGMA journal_mode = WAL");
        return new TransferDatabase(again, random);
    }

    Connection connection() {
        return connection;
    }

    /// Moves an amount between two accounts in one transaction.
    ///
    /// @return the number of this transaction, counted from 1 over the life of the database
    long transfer() throws SQLException {
        long from = 1 + random.nextLong(rows);
        long to = 1 + (from + random.nextLong(Math.max(1, rows - 1))) % rows;
        long amount = 1 + random.nextLong(100);
        SqliteFile.run(connection, "BEGIN IMMEDIATE");
        move(-amount, from);
        move(amount, to);
        count.setLong(1, committed + 1);
        count.executeUpdate();
        SqliteFile.run(connection, "COMMIT");
        return ++committed;
    }

    long committed() {
        return committed;
    }

    @Override
    public void close() throws SQLException {
        move.close();
        count.close();
        connection.close();
    }

    private void move(long amount, long account) throws SQLException {
        move.setLong(1, amount);
        move.setLong(2, account);
        move.executeUpdate();
    }

    private static void fill(Connection connection, long rows, int noteBytes, SplittableRandom random)
            throws SQLException {
        SqliteFile.run(connection, "BEGIN IMMEDIATE");
        SqliteFile.run(
                connection,
                "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, owner TEXT NOT NULL, note BLOB)");
        SqliteFile.run(connection, "CREATE TABLE progress (transactions INTEGER NOT NULL, accounts INTEGER NOT NULL)");
        SqliteFile.run(connection, "INSERT INTO progress VALUES (0, " + rows + ")");
        try (var insert = connection.prepareStatement("INSERT INTO account VALUES (?, " + BALANCE + ", ?, ?)")) {
            byte[] note = new byte[noteBytes];
            for (long id = 1; id <= rows; id++) {
                random.nextBytes(note);
                insert.setLong(1, id);
                insert.setString(2, Long.toHexString(random.nextLong()));
                insert.setBytes(3, note);
                insert.executeUpdate();
            }
        }
        index(connection);
        SqliteFile.run(connection, "COMMIT");
    }

    static void index(Connection connection) throws SQLException {
        SqliteFile.run(connection, "CREATE INDEX account_balance ON account (balance)");
        SqliteFile.run(connection, "CREATE INDEX account_owner ON account (owner, balance)");
    }
}
