package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A backup that nobody ever restored is a hope. A drill makes it a fact, beside a server that goes on.
@Execution(ExecutionMode.CONCURRENT)
class DrillTest {
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
    void aDrillProvesTheHeadAndLeavesNothingBehind() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            ReplicaReport.Answer answer = drill("first");
            assertThat(answer.result()).isEqualTo("proven");
            Proof proof = proof().orElseThrow();
            assertThat(proof.good()).isTrue();
            assertThat(proof.archive())
                    .isEqualTo(stage.document().head().orElseThrow().name());
            assertThat(proof.how()).isEqualTo(Proof.How.DRILL);
            assertThat(proof.users()).isEqualTo(2);
            assertThat(proof.databases()).isPositive();
            assertThat(left()).isEmpty();
            assertThat(stage.cli().run("status").out()).contains("was whole (drill");
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
    }

    @Test
    void aDamagedArchiveFailsTheDrillAndIsNotCalledProven() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            String head = stage.document().head().orElseThrow().name();
            var facts = stage.store.facts(head).orElseThrow();
            byte[] bytes = stage.store.open(head, 0, facts.length()).readAllBytes();
            bytes[bytes.length / 2] ^= 1;
            String _ = stage.store.put(head, bytes, facts.metadata());
            assertThat(drill("second").result()).startsWith("failed: ");
            assertThat(proof().orElseThrow().good()).isFalse();
            assertThat(left()).isEmpty();
        }
    }

    /// Whole, but not what was promoted: only its digest tells.
    @Test
    void anotherArchiveUnderTheHeadsNameIsNotCalledProven() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            String first = stage.document().head().orElseThrow().name();
            ServerData.touch(folders, "second");
            stage.cli().run("backup").expect(ExitCode.OK);
            stage.awaitHistory(2, agent);
            String head = stage.document().head().orElseThrow().name();
            byte[] other = stage.store
                    .open(first, 0, stage.store.facts(first).orElseThrow().length())
                    .readAllBytes();
            String _ = stage.store.put(
                    head, other, stage.store.facts(head).orElseThrow().metadata());
            assertThat(drill("fourth").result()).startsWith("failed: ").contains("digest");
            assertThat(proof().orElseThrow().good()).isFalse();
        }
    }

    @Test
    void withoutRoomInTheReplicasQuotaNothingIsWrittenAndTheOtherWayIsNamed() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        long used;
        try (Stream<Path> files = Files.walk(folders.dataDir())) {
            used = files.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        }
        try (ChildProcess agent = stage.with("JELLYKEEP_EPHEMERAL_QUOTA", Long.toString(used + (32 << 20)))
                .with("JELLYKEEP_INITIAL_DELAY", "1h")
                .run("again")) {
            Stage.line(agent, "now holding");
            assertThat(drill("third").result()).startsWith("refused: NO_SPACE").contains("jellykeep verify");
            assertThat(proof()).isEmpty();
        }
    }

    @Test
    void verifyAnywhereLeavesTheSameProof() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        stage.cli().run("verify").expect(ExitCode.OK);
        Proof proof = proof().orElseThrow();
        assertThat(proof.good()).isTrue();
        assertThat(proof.how()).isEqualTo(Proof.How.VERIFY);
        assertThat(proof.archive())
                .isEqualTo(stage.document().head().orElseThrow().name());
    }

    @Test
    void aColdStartIsAProofAndSaysHowLongTheServerTookToComeBack() throws Exception {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        Stage second = stage.second();
        second.cli().run("restore", "--init").expect(ExitCode.OK);
        Proof proof = proof().orElseThrow();
        assertThat(proof.how()).isEqualTo(Proof.How.COLD_START);
        assertThat(proof.good()).isTrue();
        try (var server = second.server().start(second.work);
                ChildProcess _ =
                        RunTest.healthy(second, server.healthUrl().toString()).run("second")) {
            ReplicaReport report = second.awaitReport(
                    "a recovery time",
                    each -> each.restore() != null && each.restore().recovery() != null);
            ReplicaReport.Restored restored = Objects.requireNonNull(report.restore());
            assertThat(Objects.requireNonNull(restored.recovery())).isGreaterThanOrEqualTo(restored.millis());
            assertThat(report.appVersion()).isEqualTo("10.11.11");
        }
    }

    @Test
    void aRequestThatWasAnsweredByAnotherReplicasColdStartIsNotMadeAgain() throws IOException {
        try (ChildProcess agent = stage.run()) {
            stage.awaitHistory(1, agent);
            ask("old");
            ReplicaReport _ =
                    stage.awaitReport("an answer", each -> each.answers().size() == 1);
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        Stage second = stage.second();
        second.cli().run("restore", "--init").expect(ExitCode.OK);
        try (ChildProcess agent = second.run("second")) {
            Stage.line(agent, "now holding");
            String asked = ask("new");
            assertThat(second.awaitReport("an answer", each -> !each.answers().isEmpty())
                            .answers())
                    .extracting(ReplicaReport.Answer::request)
                    .containsExactly(asked);
        }
    }

    private ReplicaReport.Answer drill(String value) {
        String request = ask(value);
        return stage.awaitReport(
                        "an answer to " + request,
                        each -> each.answers().stream()
                                .anyMatch(answer -> answer.request().equals(request)))
                .answers()
                .getLast();
    }

    private String ask(String value) {
        String request = BlobLayout.request(RequestKind.DRILL, value);
        stage.store.putIfAbsent(request, "{}".getBytes(StandardCharsets.UTF_8), Map.of());
        return request;
    }

    private Optional<Proof> proof() {
        return stage.store.read(BlobLayout.PROOF).flatMap(blob -> Proof.parse(blob.content()));
    }

    private String left() throws IOException {
        Path scratch = folders.dataDir().resolve(".jellykeep/drill");
        if (!Files.exists(scratch)) {
            return "";
        }
        try (Stream<Path> files = Files.list(scratch)) {
            return String.join(", ", files.map(String::valueOf).toList());
        }
    }
}
