package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Collation;

class DatabaseCheckTest {
    @TempDir
    Path folder;

    @Test
    void usersAdministratorsAndMigrationsAreCounted() throws Exception {
        Path file = jellyfin();
        DatabaseFacts facts = DatabaseCheck.of(file);
        assertThat(facts.ok()).isTrue();
        assertThat(facts.users()).isEqualTo(2);
        assertThat(facts.administrators()).isOne();
        assertThat(facts.migrationHead()).isEqualTo("20250401_b");
        assertThat(facts.pages()).isEqualTo(Files.size(file) / 4096);
        assertThat(Files.exists(file.resolveSibling("jellyfin.db-wal"))).isFalse();
        assertThat(Files.exists(file.resolveSibling("jellyfin.db-shm"))).isFalse();
    }

    @Test
    void anUnknownCollationIsNotDamage() throws Exception {
        Path file = folder.resolve("plugin.db");
        try (Connection connection = SqliteFile.open(file)) {
            Collation.create(connection, "OWN", new Collation() {
                @Override
                protected int xCompare(String left, String right) {
                    return left.compareTo(right);
                }
            });
            SqliteFile.run(connection, "CREATE TABLE t (a TEXT COLLATE OWN)");
            SqliteFile.run(connection, "CREATE INDEX i ON t (a)");
            SqliteFile.run(connection, "INSERT INTO t VALUES ('b'), ('a')");
        }
        DatabaseFacts facts = DatabaseCheck.of(file);
        assertThat(facts.check()).isInstanceOf(DatabaseFacts.Check.NotCheckable.class);
        assertThat(facts.ok()).isFalse();
        assertThat(facts.complaint()).startsWith("not checkable");
    }

    @Test
    void aVacuumedImageIsWhole() throws Exception {
        Path image = folder.resolve("image.db");
        try (Connection connection = SqliteFile.open(jellyfin())) {
            SqliteFile.run(connection, "VACUUM INTO '" + image + "'");
        }
        DatabaseFacts facts = DatabaseCheck.of(image);
        assertThat(facts.ok()).isTrue();
        assertThat(facts.users()).isEqualTo(2);
        Path copy = folder.resolve("copy.db");
        assertThat(DatabaseCopy.copy(image, copy, Duration.ofSeconds(5))).isEqualTo(new DatabaseCopy.Result.Copied());
        assertThat(DatabaseCheck.of(copy)).isEqualTo(facts);
    }

    @Test
    void damageOfEveryKindIsSaidAndNeverThrown() throws Exception {
        byte[] good = Files.readAllBytes(jellyfin());
        check("truncated", Arrays.copyOf(good, good.length - 4096));
        check("cut inside a page", Arrays.copyOf(good, good.length / 2 + 100));
        check("text", new byte[5000]);
        check("header only", Arrays.copyOf(good, 100));
        byte[] holed = good.clone();
        Arrays.fill(holed, 4096, 8192, (byte) 0xEE);
        check("page overwritten", holed);
    }

    private void check(String what, byte[] content) throws Exception {
        Path file = Files.write(folder.resolve("damaged.db"), content);
        DatabaseFacts facts = DatabaseCheck.of(file);
        assertThat(facts.check()).as(what).isInstanceOf(DatabaseFacts.Check.Damaged.class);
        assertThat(facts.pages()).isEqualTo(-1);
    }

    private Path jellyfin() throws Exception {
        Path file = folder.resolve("jellyfin.db");
        Files.deleteIfExists(file);
        try (Connection connection = SqliteFile.open(file)) {
            SqliteFile.run(connection, "PRAGMA journal_mode = WAL");
            SqliteFile.run(connection, "CREATE TABLE Users (Id TEXT PRIMARY KEY)");
            SqliteFile.run(connection, "CREATE TABLE Permissions (UserId TEXT, Kind INTEGER, Value INTEGER)");
            SqliteFile.run(connection, "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT, ProductVersion TEXT)");
            SqliteFile.run(connection, "INSERT INTO Users VALUES ('a'), ('b')");
            SqliteFile.run(
                    connection, "INSERT INTO Permissions VALUES ('a', 0, 1), ('b', 0, 0), ('b', 1, 1), ('gone', 0, 1)");
            SqliteFile.run(
                    connection, "INSERT INTO __EFMigrationsHistory VALUES ('20250401_b', '9'), ('20240101_a', '8')");
            SqliteFile.run(connection, "CREATE TABLE filler AS SELECT hex(randomblob(3000)) AS x FROM Permissions");
        }
        return file;
    }
}
