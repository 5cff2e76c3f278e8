package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.fault.TcpProxy;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `run` stays up and ready whatever is wrong, and works again without a restart once it is right.
@Execution(ExecutionMode.CONCURRENT)
class NothingIsFatalTest {
    private static final String DEAD = "DefaultEndpointsProtocol=http;AccountName=acc;AccountKey=c2VjcmV0LWtleQ==;"
            + "BlobEndpoint=http://127.0.0.1:9/acc;";

    @TempDir
    Path work;

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("a wrong interval", "JELLYKEEP_INTERVAL", "5d5", "setting ignored: .*JELLYKEEP_INTERVAL"),
                Arguments.of("a wrong grace", "JELLYKEEP_GRACE", "soon", "setting ignored: .*JELLYKEEP_GRACE"),
                Arguments.of("no storage", "JELLYKEEP_FOLDER", "", "not protecting anything yet"),
                Arguments.of("an unknown variable", "JELLYKEEP_INTERVALL", "5m", "WARN.*JELLYKEEP_INTERVALL"),
                Arguments.of("no data folder", "JELLYFIN_DATA_DIR", "", "not protecting anything yet"),
                Arguments.of(
                        "a lineage that isn't there",
                        "JELLYKEEP_LINEAGE",
                        UUID.randomUUID().toString(),
                        "not protecting anything yet: LINEAGE_MISSING"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    @Execution(ExecutionMode.CONCURRENT)
    void itIsLiveAndReadyWith(String what, String variable, String value, String said) throws IOException {
        Stage stage = Stage.withFolder(work).with(variable, value);
        try (var agent = stage.run()) {
            int port = Stage.port(agent);
            Stage.line(agent, said);
            assertThat(Probe.status(port, "/livez")).as(what).isEqualTo(200);
            assertThat(Probe.status(port, "/readyz")).as(what).isEqualTo(200);
            assertThat(agent.stop(Stage.BOUND)).as("an end in good order").isZero();
        }
    }

    @Test
    void aStoreThatIsOutOfReachFromTheStartIsSaidWithoutTheKey() throws IOException {
        Stage stage = Stage.withFolder(work)
                .with("JELLYKEEP_FOLDER", "")
                .with("JELLYKEEP_CONTAINER", "backups")
                .with("JELLYKEEP_GRACE", "8s")
                .with("AZURE_STORAGE_CONNECTION_STRING", DEAD);
        try (var agent = stage.run()) {
            int port = Stage.port(agent);
            assertThat(Probe.status(port, "/livez")).isEqualTo(200);
            assertThat(Probe.status(port, "/readyz")).isEqualTo(200);
            Stage.line(agent, "not protecting anything yet: UNREACHABLE");
            assertThat(agent.output()).doesNotContain("c2VjcmV0LWtleQ");
        }
    }

    @Test
    void aWrongSettingStaysInTheReportWhileEverythingElseWorks() throws IOException {
        Stage stage =
                Stage.withFolder(work).with("JELLYKEEP_APP_HEALTH_URL", "none").with("JELLYKEEP_KEEP_LAST", "-1");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            ServerData.touch(folders, "news");
            stage.awaitHistory(2, agent);
            assertThat(stage.report().orElseThrow().problems())
                    .anySatisfy(problem -> assertThat(problem).contains("JELLYKEEP_KEEP_LAST"));
            assertThat(agent.output()).doesNotContain("recovered");
        }
    }

    @Test
    void aStrangersSmallBlobOfAnySizeHoldsUpNoBackup() throws IOException {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_APP_HEALTH_URL", "none");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            byte[] oversized = new byte[BlobStore.SMALL + 1];
            for (String name : List.of(BlobLayout.ACCEPT, BlobLayout.SUSPEND, BlobLayout.LINEAGE)) {
                String _ = stage.store.put(name, oversized, Map.of());
                ServerData.touch(folders, "news beside " + name);
                int before = stage.archives().size();
                Await.until(
                        () -> "a backup beside " + name + ":\n" + agent.output(),
                        () -> stage.archives().size() > before);
            }
        }
    }

    @Test
    void anOutageOfTheStoreIsSurvivedAndSaid() throws IOException {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite runs here");
        Path blobs = work.resolve("blobs");
        Azurite azurite = Azurite.start(blobs);
        int port = azurite.port();
        try (var proxy = TcpProxy.before(port)) {
            String container = azurite.newContainer();
            Stage stage = Stage.withAzure(
                            work, azurite.connectionString(), Azurite.connectionString(proxy.port()), container)
                    .with("JELLYKEEP_GRACE", "8s");
            try (var server = stage.server().writesPerSecond(20).start(work);
                    var agent = RunTest.healthy(stage, server.healthUrl().toString())
                            .run()) {
                stage.awaitHistory(1, agent);
                proxy.refuse();
                Stage.line(agent, "heartbeat can't be written");
                Stage.line(agent, "WARN Can't ");
                int history = stage.document().history().size();
                proxy.restore();
                stage.awaitHistory(history + 1, agent);
                Stage.line(agent, "heartbeat works again");

                int seen = agent.lineCount();
                azurite.stop();
                agent.awaitLine(java.util.regex.Pattern.compile("heartbeat can't be written"), seen, Stage.BOUND);
                azurite = Azurite.startOn(port, blobs);
                stage.awaitHistory(history + 2, agent);
                Await.until(
                        () -> "no problem left: " + stage.report(),
                        () -> stage.report().orElseThrow().problems().isEmpty());
                assertThat(agent.alive()).isTrue();
                stage.cli().run("verify", "--all").expect(ExitCode.OK);
            }
        } finally {
            azurite.stop();
        }
    }
}
