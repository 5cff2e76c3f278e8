package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong around the operator: it ends up where it should, with no patch too many, and says the truth on the
/// way.
class TroubleTest {
    @TempDir
    Path blobs;

    private Cluster cluster(String template, String spec) {
        return new Cluster(blobs, Cluster.usualApp(template), spec);
    }

    private static boolean succeeded(Cluster cluster) {
        return cluster.reason("Ready").equals("True/Succeeded");
    }

    private static List<JournalEntry> accepted(Cluster cluster) {
        return cluster.writes().stream().filter(each -> each.status() < 300).toList();
    }

    @Test
    void anOperatorThatIsRestartedAfterEachStepSendsOnePatch() {
        try (Cluster cluster = cluster("", "")) {
            Instant end = cluster.azure.now().plus(Duration.ofMinutes(30));
            while (!succeeded(cluster) && cluster.azure.now().isBefore(end)) {
                cluster.restart();
                cluster.step();
                cluster.azure.advance(Duration.ofSeconds(5));
            }
            assertThat(cluster.reason("Ready")).isEqualTo("True/Succeeded");
            assertThat(cluster.writes()).hasSize(1);
        }
    }

    @Test
    void whoNoLongerLeadsSendsNothing() {
        try (Cluster cluster = cluster("", "")) {
            cluster.leads = false;
            cluster.runFor(Duration.ofMinutes(30));
            assertThat(cluster.writes()).isEmpty();
            assertThat(blobs).isEmptyDirectory();
            cluster.leads = true;
            cluster.runUntil(Duration.ofMinutes(10), TroubleTest::succeeded);
            assertThat(cluster.writes()).hasSize(1);
        }
    }

    @Test
    void armThatIsAwayForTwentyMinutesIsWaitedFor() {
        try (Cluster cluster = cluster("", "")) {
            cluster.azure.fault(Fault.down(cluster.azure.now().plus(Duration.ofMinutes(20))));
            cluster.step();
            assertThat(cluster.reason("Reconciling")).isEqualTo("True/ProgressingWithRetry");
            assertThat(cluster.reason("Protected")).startsWith("Unknown/");
            cluster.runUntil(Duration.ofMinutes(40), TroubleTest::succeeded);
            assertThat(accepted(cluster)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContainerAppOperationInProgress", "ContainerAppLockConflict"})
    void anAppThatIsBusyForAQuarterOfAnHourGetsThePatchAfterwards(String code) {
        try (Cluster cluster = cluster("", "")) {
            Instant over = cluster.azure.now().plus(Duration.ofMinutes(15));
            cluster.azure.fault(new Fault(
                    java.util.Set.of("PATCH"),
                    "",
                    Long.MAX_VALUE,
                    java.util.Optional.of(over),
                    Fault.answer(409, code)));
            cluster.runFor(Duration.ofMinutes(14));
            assertThat(cluster.reason("Reconciling")).isEqualTo("True/Progressing");
            assertThat(cluster.ready()).contains(code);
            cluster.runUntil(Duration.ofMinutes(20), TroubleTest::succeeded);
            assertThat(accepted(cluster)).hasSize(1);
        }
    }

    @Test
    void aPatchWhoseReplyIsLostIsNotSentAgainWhereItArrived() {
        try (Cluster cluster = cluster("", "")) {
            cluster.azure.fault(Fault.next(new Fault.LoseReply()).onMethods("PATCH"));
            cluster.runUntil(Duration.ofMinutes(20), TroubleTest::succeeded);
            assertThat(cluster.writes()).hasSize(1);
        }
    }

    @Test
    void aRevisionThatNeverGetsHealthyIsToldAndNothingMoreIsSentWhileTheOldOneServes() {
        try (Cluster cluster = cluster("", "rollout: {firstInjection: DiscardRunningData}")) {
            cluster.azure.script(
                    ContainerScript.of("jellykeep-agent").fails(ContainerScript.FOR_EVER, 1, "no such image"));
            cluster.azure.scale("jellyfin", 1);
            for (int minute = 0; minute < 45; minute++) {
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(cluster.reason("Stalled")).isEqualTo("True/RolloutFailed");
            assertThat(cluster.ready()).contains("jellykeep-agent", "still serves");
            assertThat(cluster.writes()).hasSize(1);
        }
    }

    @Test
    void aFirstStartWithoutTheRoleSaysWhoLacksItAndTheLineThatMendsIt() {
        try (Cluster cluster = cluster("", "")) {
            cluster.runUntil(Duration.ofMinutes(30), TroubleTest::succeeded);
            cluster.azure.script(ContainerScript.of("jellykeep-restore")
                    .fails(ContainerScript.FOR_EVER, 1, "403 AuthorizationPermissionMismatch"));
            for (int minute = 0; minute < 15; minute++) {
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(cluster.reason("RestoreFailing")).isEqualTo("True/RestoreFailing");
            assertThat(cluster.reason("Protected")).isEqualTo("False/RestoreFailing");
            String principal = cluster.azure
                    .get(Cluster.APP)
                    .path("identity")
                    .path("userAssignedIdentities")
                    .elements()
                    .next()
                    .path("principalId")
                    .asText();
            assertThat(cluster.condition("RestoreFailing").orElseThrow().message())
                    .contains(
                            "403",
                            "az role assignment create --role \"Storage Blob Data Contributor\"",
                            principal,
                            "stfamily",
                            "jellyfin-backups");
        }
    }

    @Test
    void aChangedSpecWaitsForAnIdleAppUnlessItMayOverlap() {
        try (Cluster cluster = cluster("", "")) {
            cluster.runUntil(Duration.ofMinutes(10), TroubleTest::succeeded);
            cluster.azure.request("jellyfin");
            cluster.azure.advance(Duration.ofMinutes(1));
            cluster.edit("interval: 1h");
            for (int minute = 0; minute < 20; minute++) {
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(cluster.writes()).hasSize(1);
            assertThat(cluster.reason("Reconciling")).isEqualTo("True/WaitingForIdle");
            cluster.azure.scale("jellyfin", 0);
            cluster.runUntil(Duration.ofMinutes(10), TroubleTest::succeeded);
            assertThat(cluster.writes()).hasSize(2);

            cluster.azure.request("jellyfin");
            cluster.azure.advance(Duration.ofMinutes(1));
            cluster.edit("interval: 2h\nrollout: {strategy: Overlap, preRolloutBackup: Disabled}");
            cluster.azure.request("jellyfin");
            cluster.runUntil(Duration.ofMinutes(2), each -> each.writes().size() == 3);
        }
    }

    @Test
    void aFightWithTerraformEndsAndNamesTheOtherParty() {
        try (Cluster cluster = cluster("", "")) {
            cluster.runUntil(Duration.ofMinutes(10), TroubleTest::succeeded);
            JsonNode theirs = ours(cluster, false);
            for (int minute = 0; minute < 50; minute++) {
                if (cluster.containers().contains("jellykeep-agent")) {
                    cluster.azure.put(Cluster.APP, theirs.toString());
                }
                cluster.azure.scale("jellyfin", 0);
                cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(accepted(cluster))
                    .as("the first patch and the budget's three")
                    .hasSize(4);
            assertThat(cluster.reason("Stalled")).isEqualTo("True/ConflictingManager");
            assertThat(cluster.ready()).contains("seed");
            assertThat(cluster.reason("Protected")).isEqualTo("False/NotInjected");
            assertThat(cluster.notes)
                    .filteredOn(note -> note.reason().equals("DriftCorrected"))
                    .hasSize(3)
                    .allMatch(note -> note.message().contains("ran without them from"));
        }
    }

    /// The app as its owner's tool has it.
    private static ObjectNode ours(Cluster cluster, boolean keep) {
        ObjectNode app = cluster.azure.get(Cluster.APP);
        for (String list : List.of("initContainers", "containers")) {
            var containers = app.path("properties").path("template").path(list).elements();
            while (containers.hasNext()) {
                ObjectNode each = (ObjectNode) containers.next();
                ((ObjectNode) each.path("resources")).remove("ephemeralStorage");
                if (!keep && each.path("name").asText().startsWith("jellykeep-")) {
                    containers.remove();
                }
            }
        }
        return app;
    }

    @Test
    void withoutSightOfBlobNothingIsCalledProtected() throws Exception {
        Path nothing = blobs.resolve("none");
        try (Cluster cluster = new Cluster(nothing, Cluster.usualApp(""), "")) {
            cluster.step();
            assertThat(cluster.reason("Protected").toLowerCase(Locale.ROOT)).doesNotStartWith("true");
        }
    }
}
