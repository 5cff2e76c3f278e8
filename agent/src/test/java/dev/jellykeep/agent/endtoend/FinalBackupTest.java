package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the agent says of the head when it is told to stop.
class FinalBackupTest {
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path work;

    @Test
    void theHeadIsNotCalledSealedWhileTheServerGoesOnWriting() throws IOException {
        Installation site = Installation.in(work)
                .set("JELLYKEEP_POLL", "1s")
                .set("JELLYKEEP_GRACE", "8s")
                .set("JELLYKEEP_MANAGEMENT_PORT", "0");
        site.run("restore").ok();
        try (RunningStandIn server = site.server().users(2).writesPerSecond(50).start(work)) {
            site.set("JELLYKEEP_APP_HEALTH_URL", server.healthUrl().toString());
            try (ChildProcess agent = site.start("run")) {
                Eventually.holds(
                        "the agent holds the lineage",
                        BOUND,
                        () -> site.document().holder() != null);
                agent.terminate();
                assertThat(agent.awaitExit(BOUND)).isZero();
            }
            server.kill();
        }
        assertThat(site.archives()).isNotEmpty();
        assertThat(site.document().holder())
                .as("a head without what the server wrote last is not sealed by its holder")
                .isNull();
    }
}
