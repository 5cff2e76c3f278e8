package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Two replicas live on, and the one that holds the lineage isn't the one that users reach: what they write goes into
/// forks only, until the holder is asked to yield.
@Execution(ExecutionMode.CONCURRENT)
class YieldTest {
    @TempDir
    Path work;

    private Stage stage;
    private JellyfinFolders folders;

    @BeforeEach
    void aServer() throws IOException {
        stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1s").with("JELLYKEEP_APP_HEALTH_URL", "none");
        folders = ServerData.copyTo(stage.folders.dataDir());
    }

    @Test
    void theOtherReplicaTakesOverWithoutALossAndWhoHasYieldedOnlyForksEvenIfStartedAnew() throws IOException {
        try (ChildProcess first = stage.run()) {
            stage.awaitHistory(1, first);
            Stage second = stage.second();
            second.cli().run("restore").expect(ExitCode.OK);
            try (ChildProcess other = second.run("second")) {
                var _ = second.awaitReport(
                        "it stands by", report -> report.phase().equals("standby"));
                ServerData.touch(folders, "before it yields");
                String answer = stage.cli().run("yield").expect(ExitCode.OK).out();
                assertThat(answer).contains(stage.replica() + " has yielded", "jellykeep forks");

                Stage.line(other, "lineage claimed");
                assertThat(stage.extractHead("before").configDir().resolve("note.xml"))
                        .as("what it had not saved yet is in the line")
                        .hasContent("before it yields");
                ServerData.touch(folders, "after it");
                Stage.line(first, "backup is a fork");
                assertThat(stage.document().isHeldBy(second.replica())).isTrue();

                first.kill();
                try (ChildProcess again = stage.run("again")) {
                    other.kill();
                    String said = Await.get(
                            again::output,
                            () -> Optional.of(again.output())
                                    .filter(lines ->
                                            lines.contains("was asked to yield") || lines.contains("lineage claimed")));
                    assertThat(said).doesNotContain("lineage claimed");
                    ServerData.touch(folders, "by the zombie");
                    Stage.line(again, "backup is a fork");
                    assertThat(again.stop(Stage.BOUND)).isZero();
                }
                assertThat(stage.document().isHeldBy(stage.replica())).isFalse();
                assertThat(stage.extractHead("after").configDir().resolve("note.xml"))
                        .hasContent("before it yields");
            }
        }
    }

    @Test
    void theOnlyReplicaIsNotAskedToYield() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(stage.cli().run("yield").expect(ExitCode.IN_USE).err())
                    .contains("no other replica", "forks only");
            ServerData.touch(folders, "later");
            stage.awaitHistory(2, agent);
            assertThat(stage.document().isHeldBy(stage.replica())).isTrue();
        }
    }

    @Test
    void aReplicaThatNobodyKnowsIsNotAsked() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(stage.cli().run("yield", "nobody").expect(ExitCode.USAGE).err())
                    .contains("nobody", stage.replica());
        }
    }
}
