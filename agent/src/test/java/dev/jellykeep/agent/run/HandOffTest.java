package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.sandbox.standin.StandInFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What a replica restores while another one runs.
@Execution(ExecutionMode.CONCURRENT)
class HandOffTest {
    @TempDir
    Path work;

    @Test
    void whatARunningServerHasNotSavedYetIsInWhatItsSuccessorRestores() throws Exception {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h");
        try (var server = stage.server().start(work);
                var agent =
                        RunTest.healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            server.createUser("after the last backup");
            StandInFacts facts = server.facts();
            Stage second = stage.second();
            assertThat(second.cli().run("restore", "--init").expect(ExitCode.OK).err())
                    .contains("asked it to save its newest data first", "the other replica has answered");
            assertThat(StandInFacts.atRest(second.folders).users()).isEqualTo(facts.users());
            assertThat(StandInFacts.atRest(second.folders).lastCommitted()).isEqualTo(facts.lastCommitted());
            assertThat(stage.document().isHeldBy(stage.replica()))
                    .as("who answers stays the holder")
                    .isTrue();
            assertThat(stage.document().asked()).isFalse();
        }
    }

    @Test
    void aReplicaBesideAServerThatWasNeverSavedDoesNotStartEmpty() throws Exception {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h").with("JELLYKEEP_INITIAL_DELAY", "1h");
        try (var server = stage.server().start(work);
                var agent =
                        RunTest.healthy(stage, server.healthUrl().toString()).run()) {
            Stage.line(agent, "now holding");
            Stage second = stage.second();
            second.cli().run("restore", "--init").expect(ExitCode.OK);
            assertThat(StandInFacts.atRest(second.folders).users())
                    .isEqualTo(server.facts().users());
        }
    }

    @Test
    void whoDiedIsWaitedForOnlyUntilItCountsAsGone() throws Exception {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h").with("JELLYKEEP_APP_HEALTH_URL", "none");
        var _ = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            agent.kill();
        }
        assertThat(stage.second()
                        .cli()
                        .run("restore", "--init")
                        .expect(ExitCode.OK)
                        .err())
                .contains("the other replica is gone");
    }

    @Test
    void whoNeverAnswersDoesNotHoldUpAStartForEver() throws Exception {
        Stage stage = alive();
        assertThat(stage.second()
                        .with("JELLYKEEP_HANDOFF_TIMEOUT", "3s")
                        .cli()
                        .run("restore", "--init")
                        .expect(ExitCode.OK)
                        .err())
                .contains("did not answer in time");
        assertThat(stage.document().asked()).as("it still may").isTrue();
    }

    @Test
    void whoNamesAnArchiveWaitsForNobody() throws Exception {
        Stage stage = alive();
        String head = stage.document().head().orElseThrow().name();
        stage.second().cli().run("restore", "--archive", head).expect(ExitCode.OK);
        assertThat(stage.document().asked()).isFalse();
    }

    /// A lineage with a head that somebody holds who is alive, and never does anything.
    private Stage alive() throws Exception {
        Stage stage = Stage.withFolder(work)
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .with("JELLYKEEP_STALE_AFTER", "1h");
        var _ = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(agent.stop(Duration.ofSeconds(60))).isZero();
        }
        stage.store.put(BlobLayout.status("somebody"), "{}".getBytes(StandardCharsets.UTF_8), Map.of());
        stage.store.put(
                BlobLayout.LINEAGE,
                LineageText.print(
                        stage.document().withHolder("somebody", stage.document().epoch() + 1)),
                Map.of());
        return stage;
    }
}
