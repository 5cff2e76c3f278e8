package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Unprotected time: since when a change is on one disk alone. Never younger than it is, whatever happens in between.
@Execution(ExecutionMode.CONCURRENT)
class UnsavedTest {
    @TempDir
    Path work;

    private Stage stage;
    private JellyfinFolders folders;

    @BeforeEach
    void server() throws IOException {
        stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h").with("JELLYKEEP_APP_HEALTH_URL", "none");
        folders = ServerData.copyTo(stage.folders.dataDir());
    }

    @Test
    void aChangeIsReportedNoYoungerThanItIsUntilItIsSaved() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            clean();
            write();
            Instant written = Instant.now();
            assertThat(unsaved().unsavedSince()).isBeforeOrEqualTo(written);
            stage.cli().run("backup").expect(ExitCode.OK);
            clean();
        }
    }

    @Test
    void aSidecarThatWasRestartedKnowsWhatItsPredecessorHadNotSaved() throws IOException {
        ReplicaReport before;
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            clean();
            write();
            before = unsaved();
            agent.kill();
        }
        try (ChildProcess _ = stage.with("JELLYKEEP_INITIAL_DELAY", "1h").run("again")) {
            assertThat(stage.awaitReport(
                                    "a newer report",
                                    each -> Stage.written(each).isAfter(Stage.written(before)))
                            .unsavedSince())
                    .isEqualTo(before.unsavedSince());
        }
    }

    @Test
    void whatWasWrittenWhileNoSidecarRanIsReportedByTheNextOne() throws IOException {
        ReplicaReport before;
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            before = clean();
            agent.kill();
        }
        write();
        Instant written = Instant.now();
        try (ChildProcess _ = stage.with("JELLYKEEP_INITIAL_DELAY", "1h").run("again")) {
            ReplicaReport after = stage.awaitReport(
                    "a newer report", each -> Stage.written(each).isAfter(Stage.written(before)));
            assertThat(after.unsavedSince()).isNotNull().isBeforeOrEqualTo(written);
        }
    }

    @Test
    void aRefusedSnapshotIsUnsavedEvenWhereNoDatabaseMoved() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            clean();
            Files.writeString(folders.systemXml(), "broken");
            stage.cli().run("backup").expect(ExitCode.REFUSED);
            assertThat(Objects.requireNonNull(unsaved().unsavedSince())).isBefore(Instant.now());
            assertThat(unsaved().refused()).isNotNull();
        }
    }

    private ReplicaReport clean() {
        return stage.awaitReport("nothing unsaved", each -> each.lastBackup() != null && each.unsavedSince() == null);
    }

    private ReplicaReport unsaved() {
        return stage.awaitReport("something unsaved", each -> each.unsavedSince() != null);
    }

    private void write() throws IOException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folders.database());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE Watched (Film TEXT)");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
