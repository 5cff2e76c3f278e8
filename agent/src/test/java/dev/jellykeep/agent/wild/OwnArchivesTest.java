package dev.jellykeep.agent.wild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the agent saves, its own restore accepts and gives back. The long form is `tools/fuzz trees`.
@Execution(ExecutionMode.CONCURRENT)
class OwnArchivesTest {
    private Path work = Path.of("");

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 8) : LongStream.of(only);
    }

    @BeforeEach
    void make() throws IOException {
        work = Files.createTempDirectory("jellykeep-wild-");
    }

    /// JUnit's own folders take minutes to go where paths are thousands of bytes long.
    @AfterEach
    void remove() throws IOException {
        Workspace.deleteTree(work);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsSavedIsGivenBackOrNamedAsLeftOut(long seed) throws IOException {
        OwnArchive archive = new OwnArchive(work, OwnArchive.HERE);
        WildTree.grow(archive.root(), archive.scratch(), seed);
        assertThat(archive.faults()).isEmpty();
    }

    @Test
    void aDatabaseThatNobodyMayWriteIsGivenBack() throws Exception {
        OwnArchive archive = new OwnArchive(work, OwnArchive.UNPRIVILEGED);
        Path database = archive.root().resolve("plugin.db");
        try (var connection = SqliteFile.open(database)) {
            SqliteFile.run(connection, "CREATE TABLE t (n INTEGER, s TEXT)");
        }
        Files.setAttribute(database, "unix:mode", 0400);
        assertThat(archive.faults()).isEmpty();
        assertThat(archive.restored().resolve("plugin.db")).exists();
    }

    /// As a mounted secret is.
    @Test
    void aLinkInPlaceOfTheWizardsFlagIsGivenBack() throws IOException {
        OwnArchive archive = new OwnArchive(work, OwnArchive.HERE);
        Files.createDirectories(archive.root().resolve("config"));
        Files.writeString(archive.root().resolve("secret.xml"), "<ServerConfiguration/>");
        Files.createSymbolicLink(archive.root().resolve("config/system.xml"), Path.of("../secret.xml"));
        assertThat(archive.faults()).isEmpty();
        assertThat(archive.restored().resolve("config/system.xml")).isSymbolicLink();
    }

    /// What root has saved, restored by somebody who is kept out by the mode of a folder as soon as that is set.
    @Test
    void whatLiesInAClosedFolderIsGivenBack() throws IOException {
        OwnArchive archive = new OwnArchive(
                work,
                (store, root, command) -> (command.equals("backup") ? OwnArchive.HERE : OwnArchive.UNPRIVILEGED)
                        .run(store, root, command));
        Path closed = archive.root().resolve("closed");
        Files.createDirectories(closed.resolve("inner/most"));
        Files.createDirectories(archive.root().resolve("open"));
        Files.writeString(closed.resolve("inner/most/film.nfo"), "x");
        for (String each : List.of("inner/most/film.nfo", "inner/most", "inner", "")) {
            Files.setAttribute(closed.resolve(each), "unix:mode", 0);
        }
        assertThat(archive.faults()).isEmpty();
        assertThat(archive.restored().resolve("closed/inner/most/film.nfo")).hasContent("x");
    }

    /// Root without its rights: whoever can't read a file has to say so, and whoever can has to be able to restore it.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102})
    void whatCannotBeReadIsNamedAndTheRestIsGivenBack(long seed) throws IOException {
        OwnArchive archive = new OwnArchive(work, OwnArchive.UNPRIVILEGED);
        WildTree.grow(archive.root(), archive.scratch(), seed);
        assertThat(archive.faults()).isEmpty();
    }
}
