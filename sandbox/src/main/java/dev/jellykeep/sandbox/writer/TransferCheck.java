package dev.jellykeep.sandbox.writer;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.SQLException;

/// What a copy of the transfer database holds.
///
/// @param integrity first line of `PRAGMA integrity_check`, or why the copy cannot be read
/// @param accounts number of accounts found
/// @param expectedAccounts number of accounts that the database was made with
/// @param sum of all balances
/// @param committed highest transaction in the copy, 0 for none
public record TransferCheck(String integrity, long accounts, long expectedAccounts, long sum, long committed) {

    /// Looks at a private copy that nobody writes to; a WAL beside it is ignored, so it must be complete by itself.
    /// Never throws for a broken copy: that is an answer.
    public static TransferCheck check(Path db) {
        try (var connection = SqliteFile.openImmutable(db)) {
            return new TransferCheck(
                    SqliteFile.integrity(connection),
                    SqliteFile.number(connection, "SELECT count(*) FROM account"),
                    SqliteFile.number(connection, "SELECT accounts FROM progress"),
                    SqliteFile.number(connection, "SELECT sum(balance) FROM account"),
                    SqliteFile.number(connection, "SELECT transactions FROM progress"));
        } catch (SQLException e) {
            return new TransferCheck(String.valueOf(e.getMessage()), 0, 0, 0, 0);
        }
    }

    /// Whole, and no transaction torn.
    public boolean sound() {
        return "ok".equals(integrity)
                && accounts == expectedAccounts
                && accounts > 0
                && sum == accounts * TransferDatabase.BALANCE;
    }
}
