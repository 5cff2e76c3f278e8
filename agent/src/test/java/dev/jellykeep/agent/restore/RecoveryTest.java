package dev.jellykeep.agent.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.agent.snapshot.DatabaseFacts;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What older tools copied beside each other: the committed data are in the log.
class RecoveryTest {
    @TempDir
    Path folder;

    @Test
    void whatIsOnlyInTheLogComesBack() throws Exception {
        Path database = copied("jellyfin.db", false);
        assertThat(DatabaseCheck.of(database).users()).as("without its log").isNull();
        assertThat(Recovery.recover(List.of(database))).isOne();
        assertRecovered(database);
    }

    @Test
    void aDatabaseOfZeroBytesComesBackFromItsLog() throws Exception {
        Path database = copied("jellyfin.db", true);
        assertThat(Recovery.recover(List.of(database))).isOne();
        assertRecovered(database);
    }

    /// The JDBC driver takes what follows a `?` for settings, and would recover another file.
    @Test
    void anOddlyNamedDatabaseComesBackToo() throws Exception {
        Path database = copied("a?journal_mode=off#%41.db", false);
        assertThat(Recovery.recover(List.of(database))).isOne();
        assertRecovered(database);
    }

    @Test
    void anUnfinishedTransactionIsRolledBack() throws Exception {
        Path made = folder.resolve("made.db");
        Path database = Files.createDirectory(folder.resolve("staged")).resolve("jellyfin.db");
        try (Connection server = SqliteFile.open(made)) {
            SqliteFile.run(server, "CREATE TABLE Users (Id TEXT)");
            SqliteFile.run(
                    server,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                            + " INSERT INTO Users SELECT 'before' FROM n");
            SqliteFile.run(server, "PRAGMA cache_size = 2");
            SqliteFile.run(server, "BEGIN IMMEDIATE");
            SqliteFile.run(server, "UPDATE Users SET Id = hex(randomblob(500))");
            Files.copy(made, database);
            Files.copy(made.resolveSibling("made.db-journal"), database.resolveSibling("jellyfin.db-journal"));
            SqliteFile.run(server, "ROLLBACK");
        }
        assertThat(Recovery.recover(List.of(database))).isOne();
        try (Connection copy = SqliteFile.openImmutable(database)) {
            assertThat(SqliteFile.number(copy, "SELECT count(*) FROM Users WHERE Id = 'before'"))
                    .isEqualTo(500);
        }
        assertThat(database.resolveSibling("jellyfin.db-journal")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsNoneIsRefused() throws Exception {
        Path database = Files.write(folder.resolve("jellyfin.db"), new byte[5000]);
        Files.write(folder.resolve("jellyfin.db-wal"), new byte[5000]);
        assertThatThrownBy(() -> Recovery.recover(List.of(database))).isInstanceOf(ArchiveRefused.class);
    }

    /// A database and its log as a script copies them while the server runs.
    private Path copied(String name, boolean withoutBytes) throws Exception {
        Path made = folder.resolve("made.db");
        Path database = Files.createDirectory(folder.resolve("staged")).resolve(name);
        try (Connection server = SqliteFile.open(made)) {
            SqliteFile.run(server, "PRAGMA journal_mode = WAL");
            SqliteFile.run(server, "PRAGMA wal_autocheckpoint = 0");
            SqliteFile.run(server, "CREATE TABLE Users (Id TEXT)");
            SqliteFile.run(server, "INSERT INTO Users VALUES ('a'), ('b')");
            Files.write(database, withoutBytes ? new byte[0] : Files.readAllBytes(made));
            for (String side : List.of("-wal", "-shm")) {
                Files.copy(made.resolveSibling("made.db" + side), database.resolveSibling(name + side));
            }
        }
        return database;
    }

    private static void assertRecovered(Path database) {
        DatabaseFacts facts = DatabaseCheck.of(database);
        assertThat(facts.ok()).as(facts.complaint()).isTrue();
        assertThat(facts.users()).isEqualTo(2);
        for (String side : List.of("-wal", "-shm", "-journal")) {
            assertThat(database.resolveSibling(database.getFileName() + side)).doesNotExist();
        }
    }
}
