package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.Listener;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A family without Kubernetes hears when backups stop.
@Execution(ExecutionMode.CONCURRENT)
class NotifyTest {
    private static final String SECRET = "5d0c0b2e-secret";

    @TempDir
    Path work;

    private Stage stage;
    private JellyfinFolders folders;

    @BeforeEach
    void server() throws IOException {
        stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1s").with("JELLYKEEP_APP_HEALTH_URL", "none");
        folders = ServerData.copyTo(stage.folders.dataDir());
    }

    @Test
    void backupsAndUnchangedChecksPingAndARefusedOneFailsAndIsToldOnce() throws IOException {
        try (Listener listener = new Listener();
                ChildProcess agent = stage.with("JELLYKEEP_NOTIFY_HEARTBEAT_URL", listener.address("/" + SECRET))
                        .with("JELLYKEEP_NOTIFY_WEBHOOK_URL", listener.address("/topic-" + SECRET))
                        .with("JELLYKEEP_POLICY", "media/family")
                        .run()) {
            stage.awaitHistory(1, agent);
            Listener.Heard _ = listener.await("GET", "/" + SECRET);
            String whole = Files.readString(folders.systemXml(), StandardCharsets.UTF_8);
            Files.writeString(folders.systemXml(), "broken", StandardCharsets.UTF_8);
            assertThat(listener.await("POST", "/" + SECRET + "/fail").body()).contains("WIZARD");
            assertThat(listener.await("POST", "/topic-" + SECRET).body())
                    .startsWith("Jellyfin backup of media/family: backup refused (WIZARD)");
            Files.writeString(folders.systemXml(), whole, StandardCharsets.UTF_8);
            ServerData.touch(folders, "more");
            stage.awaitHistory(2, agent);
            assertThat(agent.stop(Stage.BOUND)).isZero();
            assertThat(listener.heard().stream()
                            .filter(each -> each.target().equals("/topic-" + SECRET))
                            .map(Listener.Heard::body))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("works again");
            assertThat(agent.output()).doesNotContain(SECRET);
        }
    }

    @Test
    void aServiceThatNeverAnswersNeitherHoldsUpABackupNorTheEnd() throws IOException {
        try (Listener listener = new Listener()) {
            listener.hangs();
            try (ChildProcess agent = stage.with("JELLYKEEP_NOTIFY_HEARTBEAT_URL", listener.address("/" + SECRET))
                    .run()) {
                for (int i = 1; i <= 3; i++) {
                    ServerData.touch(folders, "change " + i);
                    stage.awaitHistory(i, agent);
                }
                assertThat(agent.stop(Stage.BOUND)).isZero();
                assertThat(stage.document().sealed()).isTrue();
                assertThat(agent.output()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void anAddressThatCannotBeReadIsReportedWithoutItAndNothingElseSuffers() {
        try (ChildProcess agent =
                stage.with("JELLYKEEP_NOTIFY_HEARTBEAT_URL", "htp//" + SECRET).run()) {
            stage.awaitHistory(1, agent);
            assertThat(stage.awaitReport(
                                    "a problem", report -> !report.problems().isEmpty())
                            .problems()
                            .toString())
                    .contains("JELLYKEEP_NOTIFY_HEARTBEAT_URL")
                    .doesNotContain(SECRET);
            assertThat(agent.output()).doesNotContain(SECRET);
        }
    }
}
