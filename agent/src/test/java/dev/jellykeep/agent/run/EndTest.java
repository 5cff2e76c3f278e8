package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.fault.TcpProxy;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.sandbox.writer.CommitJournal;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What happens between SIGTERM and the end of `run`.
@Execution(ExecutionMode.CONCURRENT)
class EndTest {
    private static final int SIGINT = 2;

    @TempDir
    Path work;

    @Test
    void whatTheServerWroteUntilItWasGoneIsInTheHeadAndTheLineageIsSealed() throws Exception {
        Stage stage = Stage.withFolder(work);
        Path journal = work.resolve("commits");
        try (var server = stage.server()
                        .writesPerSecond(50)
                        .commitJournal(journal)
                        .shutdown(Duration.ofMillis(700), 5)
                        .lateWrites(6, Duration.ofMillis(300))
                        .start(work);
                var agent =
                        RunTest.healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            agent.terminate();
            Stage.line(agent, "told to stop");
            agent.terminate();
            long last = server.stop(Stage.BOUND);
            agent.terminate();
            assertThat(agent.awaitExit(Stage.BOUND)).isZero();
            assertThat(stage.document().sealed()).isTrue();
            StandInFacts facts = StandInFacts.atRest(stage.extractHead("out"));
            assertThat(facts.integrity()).isEqualTo("ok");
            assertThat(facts.sumHolds()).isTrue();
            assertThat(facts.lastCommitted()).isEqualTo(last);
            assertThat(CommitJournal.last(journal).orElseThrow()).isEqualTo(last);
            assertThat(agent.output().split("told to stop", -1))
                    .as("repeats change nothing")
                    .hasSize(2);
            assertThat(stage.report().orElseThrow().phase()).isEqualTo("ended");
            assertThat(stage.report().orElseThrow().unsavedSince()).isNull();
        }
    }

    @Test
    void aHeadIsNotCalledSealedWhileTheServerGoesOnWriting() {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_GRACE", "9s");
        try (var server = stage.server().writesPerSecond(50).start(work);
                var agent =
                        RunTest.healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(2, agent);
            long head = stage.document().head().orElseThrow().sequence();
            long told = System.nanoTime();
            assertThat(agent.stop(Stage.BOUND)).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - told))
                    .as("within the grace period")
                    .isLessThan(Duration.ofSeconds(9));
            assertThat(stage.document().sealed()).isFalse();
            assertThat(stage.document().holder())
                    .as("nobody waits for who is gone")
                    .isNull();
            assertThat(stage.document().head().orElseThrow().sequence()).isGreaterThan(head);
            stage.cli().run("status").expect(ExitCode.NOT_PROTECTED);
        }
    }

    @Test
    void aPluginDatabaseThatIsStillWrittenKeepsTheHeadFromBeingSealed() throws Exception {
        Stage stage =
                Stage.withFolder(work).with("JELLYKEEP_APP_HEALTH_URL", "none").with("JELLYKEEP_GRACE", "10s");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        Path plugin = folders.databaseFolder().resolve("plugin.db");
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + plugin);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (text TEXT)");
            try (var agent = stage.run()) {
                stage.awaitHistory(1, agent);
                agent.terminate();
                for (int i = 0; agent.alive(); i++) {
                    statement.execute("INSERT INTO note VALUES ('" + i + "')");
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofMillis(200).toNanos());
                }
                assertThat(agent.awaitExit(Stage.BOUND)).isZero();
                assertThat(stage.document().sealed()).isFalse();
            }
        }
    }

    @Test
    void aServerThatHasJustBecomeHealthyIsSavedByWhoIsToldToStop() throws Exception {
        Stage stage = Stage.withFolder(work);
        var _ = ServerData.copyTo(stage.folders.dataDir());
        var agent = new AtomicReference<ChildProcess>();
        var told = new AtomicBoolean();
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/health", exchange -> {
            var running = agent.get();
            byte[] answer = (told.get() ? "Healthy" : "Degraded").getBytes(StandardCharsets.US_ASCII);
            if (running != null && !told.getAndSet(true)) {
                running.terminate();
            }
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        app.start();
        try (var running = RunTest.healthy(
                        stage, "http://127.0.0.1:" + app.getAddress().getPort() + "/health")
                .run()) {
            agent.set(running);
            Stage.line(running, "told to stop");
            Await.until(
                    () -> "a holder\n" + running.output(),
                    () -> !running.alive()
                            || stage.readable()
                                    .filter(at -> at.holder() != null)
                                    .isPresent());
            app.stop(0);
            assertThat(running.awaitExit(Stage.BOUND)).isZero();
            assertThat(stage.document().head()).as(running.output()).isPresent();
            assertThat(stage.document().sealed()).isTrue();
        } finally {
            app.stop(0);
        }
    }

    @Test
    void aSecondInterruptEndsAtOnce() throws Exception {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().writesPerSecond(50).start(work);
                var agent =
                        RunTest.healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            assertThat(ignoresInterrupts(agent.pid()))
                    .as("whatever started these tests has SIGINT ignored, as a script does by &: start them otherwise")
                    .isFalse();
            interrupt(agent);
            Stage.line(agent, "told to stop");
            long again = System.nanoTime();
            interrupt(agent);
            assertThat(agent.awaitExit(Stage.BOUND)).isEqualTo(130);
            assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(Duration.ofSeconds(3));
            assertThat(stage.document().head()).isPresent();
        }
    }

    /// Inherited by all children; a Java machine leaves it at that.
    private static boolean ignoresInterrupts(long process) throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring(line.length() - 1))
                .findFirst()
                .orElse("0");
        return (Integer.parseInt(ignored, 16) & 1 << (SIGINT - 1)) != 0;
    }

    private static void interrupt(ChildProcess agent) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(agent.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aFinalSnapshotThatIsRefusedIsKeptAsSuspectAndTheHeadStays() throws Exception {
        Stage stage = Stage.withFolder(work)
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_GRACE", "2m")
                .with("JELLYKEEP_APP_HEALTH_URL", "none");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        Path poster = folders.dataDir().resolve("metadata/poster.bin");
        Files.createDirectories(poster.getParent());
        byte[] noise = new byte[40 << 20];
        new Random(1).nextBytes(noise);
        Files.write(poster, noise);
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            Listed head = stage.document().head().orElseThrow();
            Files.delete(poster);
            assertThat(agent.stop(Stage.BOUND)).isZero();
            assertThat(stage.document().sealed()).isTrue();
            assertThat(stage.document().head()).contains(head);
            var refused = Objects.requireNonNull(stage.document().refused());
            assertThat(refused.reason()).isEqualTo("SHRINK");
            assertThat(Catalogue.of(stage.store).find(String.valueOf(refused.name())))
                    .isPresent();
            assertThat(stage.cli().run("status").expect(ExitCode.NOT_PROTECTED).out())
                    .contains("SHRINK");
        }
    }

    @Test
    void whoIsToldToStopWhileAnotherHoldsLeavesAFork() {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent =
                        RunTest.healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            Stage second = stage.second().with("JELLYKEEP_INTERVAL", "1h").with("JELLYKEEP_INITIAL_DELAY", "1h");
            second.cli().run("restore").expect(ExitCode.OK);
            try (var other = second.server().writesPerSecond(20).start(second.work);
                    var loser = RunTest.healthy(second, other.healthUrl().toString())
                            .run()) {
                Stage.line(loser, "now standby");
                loser.terminate();
                long _ = other.stop(Stage.BOUND);
                assertThat(loser.awaitExit(Stage.BOUND)).isZero();
                assertThat(stage.document().isHeldBy(stage.replica())).isTrue();
                assertThat(stage.document().forks())
                        .anySatisfy(fork -> assertThat(fork.owner()).isEqualTo(second.replica()));
            }
            stage.awaitHistory(stage.document().history().size() + 1, agent);
        }
    }

    @Test
    void aLostDocumentAtTheEndIsRebuiltAndSealed() throws Exception {
        Stage stage = Stage.withFolder(work)
                .with("JELLYKEEP_POLL", "1m")
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_APP_HEALTH_URL", "none");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            String head = stage.document().head().orElseThrow().name();
            stage.store.delete("lineage.json");
            ServerData.touch(folders, "late");
            assertThat(agent.stop(Stage.BOUND)).isZero();
            assertThat(stage.document().sealed()).isTrue();
            assertThat(stage.document().history())
                    .extracting(Listed::name)
                    .contains(head)
                    .hasSize(2);
        }
    }

    @Test
    void aStoreThatComesBackBeforeTheDeadlineGetsTheFinalBackup() throws Exception {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite runs here");
        try (var azurite = Azurite.start();
                var proxy = TcpProxy.before(azurite.port())) {
            Stage stage = Stage.withAzure(
                            work,
                            azurite.connectionString(),
                            Azurite.connectionString(proxy.port()),
                            azurite.newContainer())
                    .with("JELLYKEEP_GRACE", "24s")
                    .with("JELLYKEEP_INTERVAL", "1h")
                    .with("JELLYKEEP_APP_HEALTH_URL", "none");
            var folders = ServerData.copyTo(stage.folders.dataDir());
            try (var agent = stage.run()) {
                stage.awaitHistory(1, agent);
                proxy.refuse();
                ServerData.touch(folders, "late");
                agent.terminate();
                Stage.line(agent, "heartbeat can't be written");
                proxy.restore();
                assertThat(agent.awaitExit(Stage.BOUND)).isZero();
                assertThat(stage.document().sealed()).isTrue();
                assertThat(stage.document().history()).hasSize(2);
            }
        }
    }

    @Test
    void aStoreThatStaysAwayEndsTheAgentWithinTheGracePeriod() throws Exception {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite runs here");
        try (var azurite = Azurite.start();
                var proxy = TcpProxy.before(azurite.port())) {
            Stage stage = Stage.withAzure(
                            work,
                            azurite.connectionString(),
                            Azurite.connectionString(proxy.port()),
                            azurite.newContainer())
                    .with("JELLYKEEP_GRACE", "10s")
                    .with("JELLYKEEP_APP_HEALTH_URL", "none");
            var _ = ServerData.copyTo(stage.folders.dataDir());
            try (var agent = stage.run()) {
                stage.awaitHistory(1, agent);
                proxy.refuse();
                long told = System.nanoTime();
                assertThat(agent.stop(Stage.BOUND)).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(11));
                assertThat(agent.output()).contains("ended without a final backup");
            }
        }
    }

    @Test
    void heartbeatsGoOnDuringALongBackupAndOneInFlightAtTheEndIsNotTheFinalOne() throws Exception {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite runs here");
        try (var azurite = Azurite.start();
                var proxy = TcpProxy.before(azurite.port())) {
            Stage stage = Stage.withAzure(
                            work,
                            azurite.connectionString(),
                            Azurite.connectionString(proxy.port()),
                            azurite.newContainer())
                    .with("JELLYKEEP_INTERVAL", "1h")
                    .with("JELLYKEEP_GRACE", "60s")
                    .with("JELLYKEEP_APP_HEALTH_URL", "none");
            var folders = ServerData.copyTo(stage.folders.dataDir());
            byte[] noise = new byte[3 << 20];
            new Random(1).nextBytes(noise);
            Files.write(folders.configDir().resolve("noise.bin"), noise);
            proxy.slowDown(500_000);
            try (var agent = stage.run()) {
                Stage.line(agent, "now holding");
                var first = Stage.written(stage.awaitReport("a heartbeat", _ -> true));
                var second = Stage.written(stage.awaitReport(
                        "another", report -> Stage.written(report).isAfter(first)));
                stage.awaitReport("a third", report -> Stage.written(report).isAfter(second));
                assertThat(stage.document().head())
                        .as("the backup is still in flight")
                        .isEmpty();
                ServerData.touch(folders, "written while the first backup was in flight");
                agent.terminate();
                proxy.slowDown(0);
                assertThat(agent.awaitExit(Stage.BOUND)).isZero();
                assertThat(stage.document().sealed()).isTrue();
                assertThat(stage.extractHead("out").configDir().resolve("note.xml"))
                        .exists();
                assertThat(agent.awaitLine(Pattern.compile("lineage sealed"), Stage.BOUND))
                        .isNotNull();
            }
        }
    }
}
