package dev.jellykeep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What is beside the line: seen for what it is, and deleted only by a person's word.
@Execution(ExecutionMode.CONCURRENT)
class ForksTest {
    @TempDir
    Path work;

    private Path folder;
    private BlobStore store;
    private JellyfinFolders here;
    private Cli cli;
    private Cli other;
    private JellyfinFolders there;
    private LineageStore lineage;
    private String shared;

    /// The head went on from what both share; the other replica's data are to become a fork.
    @BeforeEach
    void twoReplicas() throws IOException {
        folder = Files.createDirectories(work.resolve("store"));
        store = FolderStore.open(folder);
        lineage = new LineageStore(store, Duration.ofMinutes(2));
        here = ServerData.copyTo(Files.createDirectories(work.resolve("here")));
        cli = at(here.dataDir());
        cli.run("backup").expect(ExitCode.OK);
        shared = head();
        Path root = Files.createDirectories(work.resolve("there"));
        other = at(root);
        other.run("restore").expect(ExitCode.OK);
        there = JellyfinFolders.official(root);
        ServerData.touch(here, "the head went on");
        cli.run("backup").expect(ExitCode.OK);
    }

    private Cli at(Path root) {
        return Cli.at(folder, root).with("JELLYKEEP_APP_HEALTH_URL", "none");
    }

    @Test
    void whatAForkHoldsThatTheHeadDoesNotIsSaidInRowsAndFiles() throws Exception {
        String fork = fork("two films watched");
        JsonObject listed = json("forks", "--output", "json").objects("forks").getFirst();
        assertThat(listed.text("name")).isEqualTo(fork);
        assertThat(listed.text("leftAfter")).isEqualTo(shared);
        assertThat(listed.number("users")).isEqualTo(2);
        assertThat(Instant.parse(listed.text("from"))).isBeforeOrEqualTo(Instant.parse(listed.text("to")));

        JsonObject shown = json("forks", "show", fork, "--output", "json");
        assertThat(shown.text("comparedWith")).isEqualTo(head());
        assertThat(shown.objects("tables")).singleElement().satisfies(table -> {
            assertThat(table.text("table")).isEqualTo("Watched");
            assertThat(table.number("onlyHere")).isEqualTo(2);
            assertThat(table.number("onlyInHead")).isZero();
        });
        assertThat(shown.texts("files")).containsExactly("config/note.xml: differs");
        assertThat(cli.run("forks", "show", fork).expect(ExitCode.OK).out())
                .contains("left the line after " + shared, "Watched: 2 rows only here", "config/note.xml: differs");
        assertThat(cli.run("forks").out()).contains(fork, "jellykeep forks show NAME");
    }

    @Test
    void aDroppedForkIsDoomedBeforeAnythingIsDeletedAndThenGone() throws Exception {
        String fork = fork("nobody needs this");
        LineageDocument before = document();
        cli.run("forks", "drop", fork).expect(ExitCode.OK);
        assertThat(store.read(fork)).isEmpty();
        assertThat(document().forks()).isEmpty();
        assertThat(document().deleting()).isEmpty();
        assertThat(document().history()).isEqualTo(before.history());
        cli.run("verify", "--all").expect(ExitCode.OK);
        cli.run("forks", "drop", fork).expect(ExitCode.USAGE);
    }

    @Test
    void nothingOfTheLineIsDroppedNorWhatTheNextColdStartIsToRestore() throws Exception {
        String fork = fork("wanted");
        for (String name : List.of(head(), shared)) {
            cli.run("forks", "drop", name).expect(ExitCode.USAGE);
        }
        cli.run("pin", fork).expect(ExitCode.OK);
        assertThat(cli.run("forks", "drop", fork).expect(ExitCode.IN_USE).err()).contains("pin --clear");
        cli.run("verify", "--all").expect(ExitCode.OK);
        cli.run("pin", "--clear").expect(ExitCode.OK);
        cli.run("forks", "drop", fork).expect(ExitCode.OK);
    }

    @Test
    void anUnlistedArchiveIsDroppedByItsName() throws Exception {
        String fork = fork("unlisted");
        var _ = lineage.apply(
                at -> new Step.Write(at.document().withLine(at.document().history(), List.of())));
        assertThat(json("forks", "--output", "json").objects("forks").getFirst().text("is"))
                .isEqualTo("fork, unlisted");
        cli.run("forks", "drop", fork).expect(ExitCode.OK);
        assertThat(store.read(fork)).isEmpty();
    }

    @Test
    void aDropThatWasKilledAfterItsMarkIsFinishedByTheNextOne() throws Exception {
        String fork = fork("half dropped");
        var _ = lineage.apply(at -> new Step.Write(
                at.document().withLine(at.document().history(), List.of()).withDeleting(List.of(fork))));
        cli.run("forks", "drop", fork).expect(ExitCode.OK);
        assertThat(store.read(fork)).isEmpty();
        assertThat(document().deleting()).isEmpty();
    }

    /// Two rows and a file, beside the line, since somebody else holds it.
    private String fork(String news) throws IOException {
        var _ = lineage.apply(at -> new Step.Write(
                at.document().withHolder("somebody", at.document().epoch() + 1)));
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + there.databaseFolder().resolve("jellyfin.db"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE Watched (Film TEXT)");
            statement.execute("INSERT INTO Watched VALUES ('one'), ('two')");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        ServerData.touch(there, news);
        other.run("backup").expect(ExitCode.STORED_AS_FORK);
        var _ = lineage.apply(at -> new Step.Write(at.document().withState(true, null)));
        return document().forks().getFirst().tip().name();
    }

    private LineageDocument document() {
        return lineage.require().document();
    }

    private String head() {
        return document().head().orElseThrow().name();
    }

    private JsonObject json(String... command) throws Exception {
        return JsonObject.parse(
                cli.run(command).expect(ExitCode.OK).out().getBytes(StandardCharsets.UTF_8), String.join(" ", command));
    }
}
