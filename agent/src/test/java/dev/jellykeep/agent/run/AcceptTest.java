package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A server that became much smaller on purpose, and goes on running: a person says so, and it is protected again.
@Execution(ExecutionMode.CONCURRENT)
class AcceptTest {
    private static final int LARGE = 8 << 20;

    @TempDir
    Path work;

    private Stage stage;
    private JellyfinFolders folders;
    private Path large;

    @BeforeEach
    void aServerWithALargeFile() throws IOException {
        stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1s").with("JELLYKEEP_APP_HEALTH_URL", "none");
        folders = ServerData.copyTo(stage.folders.dataDir());
        large = folders.dataDir().resolve("metadata/poster.bin");
        Files.createDirectories(large.getParent());
        byte[] noise = new byte[LARGE];
        new Random(1).nextBytes(noise);
        Files.write(large, noise);
    }

    @Test
    void aRunningServersRefusedSnapshotBecomesTheHeadByAPersonsWordAndWhatFollowsIsSaved() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            String suspect = shrink(agent);
            assertThat(stage.cli().run("promote", suspect).expect(ExitCode.OK).out())
                    .contains("promoted", suspect);
            assertThat(head()).isEqualTo(suspect);
            assertThat(stage.document().isHeldBy(stage.replica()))
                    .as("it goes on")
                    .isTrue();
            assertThat(stage.document().forks()).isEmpty();
            ServerData.touch(folders, "after it");
            stage.awaitHistory(3, agent);
            assertThat(stage.awaitReport("no refusal any more", report -> report.refused() == null)
                            .lastBackup())
                    .isNotNull();
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        assertThat(stage.extractHead("extracted").configDir().resolve("note.xml"))
                .hasContent("after it");
    }

    @Test
    void aSuspectOfAnotherReplicaIsNotAcceptedByTheOneThatRuns() throws IOException {
        String suspect;
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            suspect = shrink(agent);
            agent.kill();
        }
        Stage second = stage.second();
        second.cli().run("restore").expect(ExitCode.OK);
        try (ChildProcess agent = second.run("second")) {
            Stage.line(agent, "now holding");
            String head = head();
            assertThat(stage.cli()
                            .run("promote", suspect)
                            .expect(ExitCode.IN_USE)
                            .err())
                    .contains("did not make " + suspect);
            String _ = stage.store.put(BlobLayout.ACCEPT, new Accept(suspect).toBytes(), Map.of());
            assertThat(second.awaitReport(
                                    "an answer",
                                    report -> report.answers().stream()
                                            .anyMatch(each -> each.request().equals(new Accept(suspect).request())))
                            .answers()
                            .getLast()
                            .result())
                    .startsWith("refused: another replica made it");
            assertThat(head()).isEqualTo(head);
        }
    }

    @Test
    void anArchiveBesideTheLineIsNotPromotedUnderARunningServerAndTheWayIsNamed() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            String first = head();
            var _ = stage.store.put(
                    "forks/other/" + first,
                    stage.store
                            .open(
                                    first,
                                    0,
                                    stage.store.facts(first).orElseThrow().length())
                            .readAllBytes(),
                    stage.store.facts(first).orElseThrow().metadata());
            assertThat(stage.cli()
                            .run("promote", "forks/other/" + first)
                            .expect(ExitCode.IN_USE)
                            .err())
                    .contains("jellykeep pin forks/other/" + first);
        }
    }

    /// The suspect that the shrink leaves behind.
    private String shrink(ChildProcess agent) throws IOException {
        Files.delete(large);
        return Await.get(
                () -> "a suspect\n" + agent.output(),
                () -> stage.report().map(ReplicaReport::refused).map(ReplicaReport.Refused::suspect));
    }

    private String head() {
        return stage.document().head().orElseThrow().name();
    }
}
