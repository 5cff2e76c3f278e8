package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// `run` as a real process beside a real server.
@Execution(ExecutionMode.CONCURRENT)
class RunTest {
    @TempDir
    Path work;

    @Test
    void theFirstScheduledBackupWaitsForTheInitialDelayAndNothingIsUploadedWhileNothingChanges() {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INITIAL_DELAY", "2s");
        try (var server = stage.server().start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            Stage.line(agent, "app is healthy");
            long healthy = System.nanoTime();
            Stage.line(agent, "backup is the head");
            assertThat(Duration.ofNanos(System.nanoTime() - healthy)).isGreaterThan(Duration.ofMillis(1500));
            var first = stage.report().orElseThrow().lastCheck();
            var second =
                    stage.awaitReport("a check after the backup", after(first)).lastCheck();
            stage.awaitReport("another check", after(second));
            assertThat(stage.archives()).hasSize(1);
            server.writesPerSecond(20);
            stage.awaitHistory(3, agent);
            List<String> names = stage.archives();
            assertThat(Duration.between(
                            stage.facts(names.get(1)).taken(),
                            stage.facts(names.get(2)).taken()))
                    .as("the interval, less its jitter")
                    .isGreaterThan(Duration.ofMillis(850));
        }
    }

    private static java.util.function.Predicate<ReplicaReport> after(java.time.@Nullable Instant earlier) {
        return report -> report.lastCheck() != null
                && (earlier == null || report.lastCheck().isAfter(earlier));
    }

    @Test
    void theFirstStateAfterTheWizardIsBackedUpAtOnce() {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().users(0).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            Stage.line(agent, "backup refused.*NO_USER");
            assertThat(stage.names(_ -> true))
                    .as("nothing is uploaded before the wizard is done")
                    .isEmpty();
            server.completeWizard("admin");
            stage.awaitHistory(1, agent);
            assertThat(stage.facts(stage.archives().getFirst()).kind()).isEqualTo(ArchiveKind.FIRST);
        }
    }

    @Test
    void aSuspendedAgentStillAnswersRequestsAndBackupBesideIt() {
        Stage stage = Stage.withFolder(work);
        stage.store.put(BlobLayout.SUSPEND, bytes("{\"format\":1,\"suspend\":true}"), Map.of());
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            Stage.line(agent, "now holding");
            Requests requests = new Requests(stage.store);
            List<String> asked = IntStream.range(0, 4)
                    .mapToObj(i -> requests.askBackup("token-" + i))
                    .toList();
            ReplicaReport report =
                    stage.awaitReport("answers to all", each -> each.answers().size() >= asked.size());
            assertThat(report.answers())
                    .extracting(ReplicaReport.Answer::request)
                    .containsExactlyInAnyOrderElementsOf(asked);
            assertThat(report.answers())
                    .extracting(ReplicaReport.Answer::result)
                    .contains("promoted");
            stage.cli().run("backup").expect(ExitCode.OK);
            assertThat(stage.archives().size()).as("only what was asked for").isLessThanOrEqualTo(asked.size() + 1);
            int before = stage.archives().size();
            stage.store.put(BlobLayout.SUSPEND, bytes("{\"format\":1,\"suspend\":false}"), Map.of());
            stage.awaitHistory(before + 1, agent);
        }
    }

    @Test
    void aBackupThatWasAskedForBeforeARolloutIsKeptAsSuch() {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h");
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            String request = BlobLayout.request(RequestKind.BACKUP, "rollout-1");
            var _ = stage.store.putIfAbsent(
                    request, bytes("{\"format\":1,\"value\":\"rollout-1\",\"kind\":\"pre-rollout\"}"), Map.of());
            ReplicaReport report = stage.awaitReport(
                    "an answer",
                    each -> each.answers().stream()
                            .anyMatch(answer -> answer.request().equals(request)));
            ReplicaReport.Answer answer = report.answers().getLast();
            assertThat(answer.result()).isEqualTo("promoted");
            assertThat(stage.facts(java.util.Objects.requireNonNull(answer.archive()))
                            .kind())
                    .isEqualTo(ArchiveKind.PRE_ROLLOUT);
        }
    }

    @Test
    void aBackupBesideABusyAgentIsAnsweredAlthoughAScheduledOneCameBetween() {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().writesPerSecond(200).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            for (int i = 0; i < 6; i++) {
                String request = new Requests(stage.store).askBackup("busy-" + i);
                int history = stage.document().history().size();
                stage.awaitHistory(history + 1, agent);
                stage.awaitReport(
                        "an answer to " + request,
                        report -> report.answers().stream()
                                .anyMatch(answer -> answer.request().equals(request)));
            }
        }
    }

    @Test
    void manyRequestsForUnchangedDataAreAnsweredOnceEach() {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h");
        try (var server = stage.server().start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            Requests requests = new Requests(stage.store);
            // answers come in the order of names, so that the last one asked is the last one answered
            List<String> tokens = IntStream.range(0, 25)
                    .mapToObj(i -> "token-" + i)
                    .sorted(Comparator.comparing(token -> BlobLayout.request(RequestKind.BACKUP, token)))
                    .toList();
            tokens.forEach(requests::askBackup);
            String last = BlobLayout.request(RequestKind.BACKUP, tokens.getLast());
            ReplicaReport full = stage.awaitReport(
                    "the last of twenty-five answers",
                    report -> report.answers().size() == 20
                            && report.answers().getLast().request().equals(last));
            stage.awaitReport("heartbeats after it", report -> heartbeatsAfter(report, full, 4));
            assertThat(stage.report().orElseThrow().answers())
                    .as("answered requests are not answered over and over")
                    .isEqualTo(full.answers());
        }
    }

    private static boolean heartbeatsAfter(ReplicaReport report, ReplicaReport earlier, int seconds) {
        return Stage.written(report).isAfter(Stage.written(earlier).plusSeconds(seconds));
    }

    @Test
    void aHandOffIsAnsweredByABackupOrByNothingToSave() {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_INTERVAL", "1h");
        try (var server = stage.server().start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            ask(stage);
            Await.until(
                    () -> "an answer: nothing to save", () -> !stage.document().asked());
            assertThat(stage.document().history()).hasSize(1);
            server.createUser("late");
            ask(stage);
            Await.until(() -> "an answer by a backup", () -> !stage.document().asked());
            assertThat(stage.document().history()).hasSize(2);
            assertThat(stage.document().holder())
                    .as("who answers stays the holder")
                    .isEqualTo(stage.replica());
        }
    }

    private static void ask(Stage stage) {
        var lineage = new dev.jellykeep.agent.lineage.LineageStore(stage.store, Duration.ofMinutes(1));
        var _ = lineage.apply(at ->
                new dev.jellykeep.contract.lineage.Step.Write(at.document().withAsked(true)));
    }

    @Test
    void onlyWhatRetentionKeepsStaysAfterAPromotion() {
        Stage stage = Stage.withFolder(work)
                .with("JELLYKEEP_KEEP_LAST", "1")
                .with("JELLYKEEP_KEEP_DAILY", "0")
                .with("JELLYKEEP_KEEP_WEEKLY", "0")
                .with("JELLYKEEP_KEEP_MONTHLY", "0")
                .with("JELLYKEEP_KEEP_MINIMUM", "2");
        try (var server = stage.server().writesPerSecond(50).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            Await.until(
                    () -> "archives pruned\n" + agent.output(),
                    () -> stage.readable()
                            .filter(document -> document.head()
                                    .filter(head -> head.sequence() >= 5)
                                    .isPresent())
                            .isPresent());
            Await.until(
                    () -> "at most two archives: " + stage.archives(),
                    () -> stage.archives().size() <= 2);
            stage.cli().run("verify").expect(ExitCode.OK);
        }
    }

    @Test
    void refusedSnapshotsDoNotPileUp() throws IOException {
        Stage stage = Stage.withFolder(work);
        Path poster = stage.folders.dataDir().resolve("metadata/poster.bin");
        Files.createDirectories(poster.getParent());
        byte[] noise = new byte[40 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(poster, noise);
        try (var server = stage.server().writesPerSecond(50).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            Files.delete(poster);
            Stage.line(agent, "backup refused.*SHRINK");
            Await.until(
                    () -> "suspects of later states",
                    () -> stage.names(name -> name.startsWith("suspect/")).stream()
                            .anyMatch(
                                    name -> Catalogue.of(stage.store).suspects().size() >= 3));
            var first = stage.names(name -> name.startsWith("suspect/")).getFirst();
            Await.until(
                    () -> "the oldest suspect to go",
                    () -> !stage.names(name -> name.startsWith("suspect/")).contains(first));
            assertThat(stage.names(name -> name.startsWith("suspect/")).size()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aSecondAgentOnTheSameDataNoticesAndHarmsNothing() throws IOException {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            try (var other = stage.run("other")) {
                Stage.line(other, "not protecting anything yet: IN_USE: another agent works on");
                assertThat(Probe.status(Stage.port(other), "/readyz")).isEqualTo(200);
                stage.awaitHistory(stage.document().history().size() + 1, agent);
                assertThat(other.stop(Stage.BOUND)).isZero();
            }
            assertThat(stage.document().isHeldBy(stage.replica())).isTrue();
            assertThat(stage.document().forks()).isEmpty();
        }
    }

    @Test
    void aSecondReplicaStandsByWithForksAndClaimsWhenTheHolderWasKilled() throws IOException {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(1, agent);
            Stage second = stage.second();
            second.cli().run("restore").expect(ExitCode.OK);
            try (var otherServer = second.server().writesPerSecond(20).start(second.work);
                    var standby =
                            healthy(second, otherServer.healthUrl().toString()).run()) {
                Stage.line(standby, "now standby");
                Stage.line(standby, "backup is a fork");
                assertThat(stage.document().isHeldBy(stage.replica()))
                        .as("the holder stays it")
                        .isTrue();
                assertThat(stage.names(name -> name.startsWith("forks/" + second.replica())))
                        .isNotEmpty();
                assertThat(stage.document().history())
                        .as("no other line")
                        .allSatisfy(listed ->
                                assertThat(stage.facts(listed.name()).owner()).isEqualTo(stage.replica()));
                ServerData.touch(second.folders, "what the second server alone has");
                agent.kill();
                Await.until(
                        Stage.STALE_AFTER.plus(Stage.BOUND),
                        () -> "a claim\n" + standby.output(),
                        () -> stage.document().isHeldBy(second.replica()));
                assertThat(sinceLastHeartbeat(stage))
                        .as("a holder that may live is left alone")
                        .isGreaterThanOrEqualTo(Stage.STALE_AFTER);
                Stage.line(standby, "backup is the head");
                assertThat(stage.document().isHeldBy(second.replica())).isTrue();
                assertThat(ServerData.note(stage.extractHead("head"))).isEqualTo("what the second server alone has");
                assertThat(stage.document().forks())
                        .as("what the killed one had alone is a fork, not lost")
                        .isNotEmpty();
            }
        }
    }

    private static Duration sinceLastHeartbeat(Stage stage) {
        return Duration.between(
                stage.store
                        .facts(BlobLayout.status(stage.replica()))
                        .orElseThrow()
                        .lastModified(),
                stage.store.serviceTime());
    }

    @Test
    void aClockThatIsHoursWrongChangesNothing() throws IOException {
        Stage stage = Stage.withFolder(work);
        Path skew = work.resolve("skew");
        Files.writeString(skew, "18000");
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).runWithClock(skew)) {
            stage.awaitHistory(2, agent);
            Files.writeString(skew, "-10800");
            stage.awaitHistory(stage.document().history().size() + 2, agent);
            String request = new Requests(stage.store).askBackup("after the jump");
            stage.awaitReport(
                    "an answer",
                    report -> report.answers().stream()
                            .anyMatch(answer -> answer.request().equals(request)));
            Files.writeString(skew, "90000");
            stage.awaitHistory(stage.document().history().size() + 2, agent);
            assertThat(agent.output()).doesNotContain("AppNeverHealthy");
            assertThat(stage.archives())
                    .as("names tell the store's time")
                    .allSatisfy(name -> assertThat(dev.jellykeep.contract.layout.ArchiveName.parse(name)
                                    .orElseThrow()
                                    .time())
                            .isBetween(
                                    java.time.Instant.now().minusSeconds(120),
                                    java.time.Instant.now().plusSeconds(30)));
        }
    }

    @Test
    void aLostOrCorruptedLineageDocumentIsRebuiltWhileTheAgentRuns() {
        Stage stage = Stage.withFolder(work);
        try (var server = stage.server().writesPerSecond(20).start(work);
                var agent = healthy(stage, server.healthUrl().toString()).run()) {
            stage.awaitHistory(2, agent);
            var before = stage.document();
            stage.store.delete(BlobLayout.LINEAGE);
            Stage.line(agent, "lineage document was missing or unreadable: rebuilt");
            stage.awaitHistory(3, agent);
            assertThat(stage.document().lineage()).isEqualTo(before.lineage());
            assertThat(stage.document().names(before.head().orElseThrow().name()))
                    .isTrue();
            int seen = agent.lineCount();
            stage.store.put(BlobLayout.LINEAGE, bytes("{ this is no lineage"), Map.of());
            agent.awaitLine(java.util.regex.Pattern.compile("rebuilt"), seen, Stage.BOUND);
            stage.awaitHistory(4, agent);
            Await.until(
                    () -> "the agent holds again",
                    () -> stage.readable()
                            .filter(document -> document.isHeldBy(stage.replica()))
                            .isPresent());
            assertThat(stage.document().forks()).isEmpty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stage healthy(Stage stage, String url) {
        return stage.with("JELLYKEEP_APP_HEALTH_URL", url);
    }

    @Test
    void anAppThatCannotBeAskedIsHealthyFromTheStart() throws IOException {
        Stage stage = Stage.withFolder(work).with("JELLYKEEP_APP_HEALTH_URL", "none");
        var _ = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            assertThat(agent.stop(Stage.BOUND)).isZero();
            assertThat(stage.document().sealed())
                    .as("still files are all that tells of the end")
                    .isTrue();
        }
    }
}
