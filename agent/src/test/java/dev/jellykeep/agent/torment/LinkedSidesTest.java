package dev.jellykeep.agent.torment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An agent that runs as root beside a server whose plugins may write into the data root. What lies beside a database
/// under
/// the name of its log may be a link to anywhere.
class LinkedSidesTest {
    private static final String SECRET = "only root may read this";

    @TempDir
    Path work;

    private JellyfinFolders folders;
    private Cli cli;

    @BeforeEach
    void server() throws IOException {
        Path root = Files.createDirectory(work.resolve("root"));
        folders = ServerData.copyTo(root);
        cli = Cli.at(Files.createDirectory(work.resolve("store")), root).with("JELLYKEEP_APP_HEALTH_URL", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-journal"})
    void aSecretElsewhereGetsIntoTheArchive(String ending) throws IOException {
        Path secret = Files.writeString(work.resolve("secret"), SECRET);
        Path plugin = folders.databaseFolder().resolve("plugin.db");
        Files.writeString(plugin, "SQLite format 3\0 and no more");
        Files.createSymbolicLink(plugin.resolveSibling("plugin.db" + ending), secret);
        assertThat(archived().stream().filter(content -> content.contains(SECRET)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm"})
    void aFileElsewhereIsMadeOrWrittenThroughTheLink(String ending) throws Exception {
        Path plugin = folders.databaseFolder().resolve("plugin.db");
        try (Connection connection = SqliteFile.open(plugin)) {
            SqliteFile.run(connection, "PRAGMA journal_mode = WAL");
            SqliteFile.run(connection, "CREATE TABLE t (a)");
        }
        Path elsewhere = work.resolve("elsewhere");
        Files.createSymbolicLink(plugin.resolveSibling("plugin.db" + ending), elsewhere);
        assertThat(archived()).isNotEmpty();
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void theMainDatabaseIsRefusedWithTheNameOfTheLink() throws Exception {
        Path log = folders.database().resolveSibling("jellyfin.db-wal");
        Files.deleteIfExists(log);
        Files.createSymbolicLink(log, work.resolve("elsewhere"));
        Cli.Answer answer = cli.run("backup").expect(ExitCode.REFUSED);
        assertThat(answer.out()).contains("INTEGRITY", "jellyfin.db-wal", "remove it");
        assertThat(work.resolve("elsewhere")).doesNotExist();
    }

    private List<String> archived() throws IOException {
        String out = cli.run("backup").expect(ExitCode.OK).out();
        var head = Pattern.compile("backup-\\d{14}\\.tar\\.gz").matcher(out);
        assertThat(head.find()).as(out).isTrue();
        Path target = work.resolve("target");
        cli.run("extract", head.group(), target.toString()).expect(ExitCode.OK);
        try (var files = Files.walk(target)) {
            return files.filter(Files::isRegularFile).map(LinkedSidesTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
