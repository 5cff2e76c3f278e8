package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What an agent does that is told to stop before it could begin.
@Execution(ExecutionMode.CONCURRENT)
class SidecarAttemptsTest {
    private final StopSignal stop = new StopSignal();
    private final List<String> said = new ArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();

    private SidecarAttempts within(Duration grace) {
        return new SidecarAttempts(stop, grace, Ticker.ofMachine(), (_, message, _) -> said.add(message));
    }

    @Test
    void whoIsToldToStopBeforeItBeganStillMakesTheFinalBackup() {
        stop.tell();
        within(Duration.ofMinutes(1)).run(tries::incrementAndGet);
        assertThat(tries).hasValue(1);
        assertThat(said).isEmpty();
    }

    @Test
    void aStoreThatIsAwayAtTheEndIsAskedAgain() {
        stop.tell();
        within(Duration.ofMinutes(1)).run(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new StoreException(StoreException.Kind.UNREACHABLE, "no connection", null);
            }
        });
        assertThat(tries).hasValue(2);
        assertThat(said).containsExactly("not protecting anything yet: UNREACHABLE: no connection");
    }

    @Test
    void aStoreThatStaysAwayDoesNotUseUpTheGracePeriod() {
        stop.tell();
        within(Duration.ofSeconds(5)).run(() -> {
            throw new StoreException(StoreException.Kind.UNREACHABLE, "no connection", null);
        });
        assertThat(said).endsWith("ended without a final backup: UNREACHABLE: no connection");
    }

    @Test
    void whatNoWaitingMendsIsTriedOnceMoreOnly() {
        within(Duration.ofMinutes(1)).run(() -> {
            tries.incrementAndGet();
            stop.tell();
            throw new AgentException(Reason.IN_USE, "another agent works here");
        });
        assertThat(tries).hasValue(2);
        assertThat(said)
                .containsExactly(
                        "not protecting anything yet: IN_USE: another agent works here",
                        "ended without a final backup: IN_USE: another agent works here");
    }

    /// A sidecar that crashed and comes back while the app is being scaled to zero.
    @Test
    void anAgentThatIsToldToStopAsSoonAsItCanBeSavesWhatItsPredecessorHeld(@TempDir Path work) throws Exception {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h").with("JELLYKEEP_APP_HEALTH_URL", "none");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            agent.kill();
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int saved = 1;
        for (int round = 0; round < 5; round++) {
            int millis = random.nextInt(500);
            ServerData.touch(folders, "late" + round);
            try (var agent = stage.run("agent-" + round)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                saved += told(agent) ? 1 : 0;
                assertThat(stage.document().history())
                        .as("seed %d, after %d ms\n%s", seed, millis, agent.output())
                        .hasSize(saved);
            }
        }
    }

    /// Whether its handler of SIGTERM was there already; before that a JVM ends with 143.
    private static boolean told(ChildProcess agent) throws Exception {
        agent.terminate();
        int code = agent.awaitExit(Stage.BOUND);
        assertThat(code).as(agent.output()).isIn(0, 143);
        return code == 0;
    }
}
