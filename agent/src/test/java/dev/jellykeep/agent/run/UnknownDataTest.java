package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A sidecar beside data that no restore has put there, while the lineage has a head: nobody knows whose data they are.
@Execution(ExecutionMode.CONCURRENT)
class UnknownDataTest {
    @TempDir
    Path work;

    @Test
    void dataWithoutAnIdentityAreKeptAsAForkAtTheEndAndNeverBecomeTheHead() throws IOException {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h").with("JELLYKEEP_APP_HEALTH_URL", "none");
        var _ = ServerData.copyTo(stage.folders.dataDir());
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        LineageDocument before = stage.document();
        assertThat(before.sealed()).isTrue();

        Stage stranger = stage.second();
        var theirs = ServerData.copyTo(stranger.folders.dataDir());
        try (ChildProcess agent = stranger.run("stranger")) {
            Stage.line(agent, "UNKNOWN_DATA");
            Stage.line(agent, "app is healthy");
            ServerData.touch(theirs, "theirs");
            assertThat(agent.stop(Stage.BOUND)).isZero();
            assertThat(agent.output()).contains("the final backup is a fork");
        }

        LineageDocument after = stage.document();
        assertThat(after.head()).isEqualTo(before.head());
        assertThat(after.holder()).isEqualTo(before.holder());
        assertThat(after.epoch()).isEqualTo(before.epoch());
        assertThat(after.forks()).isNotEmpty();
        assertThat(stage.names(name -> name.equals(after.forks().getLast().tip().name())))
                .hasSize(1);
    }
}
