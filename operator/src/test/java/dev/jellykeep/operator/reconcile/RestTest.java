package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app that sleeps, sealed: nobody would tell Blob that it doesn't wake up any more.
class RestTest {
    /// The default of drift.checkInterval.
    private static final Duration CHECK = Duration.ofMinutes(10);

    @TempDir
    Path blobs;

    private Cluster sealed() {
        Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "");
        cluster.runUntil(Duration.ofMinutes(10), each -> each.reason("Ready").equals("True/Succeeded"));
        cluster.sealWithHead();
        cluster.runFor(CHECK.multipliedBy(3));
        assertThat(cluster.reason("Protected")).isEqualTo("True/Protected");
        return cluster;
    }

    private static void neverRestores(Cluster cluster) {
        cluster.azure.script(ContainerScript.of("jellykeep-restore")
                .fails(ContainerScript.FOR_EVER, 1, "403 AuthorizationPermissionMismatch"));
    }

    /// Somebody wants to watch a film, and goes on trying.
    private static Duration triedUntil(Cluster cluster, String type, String reason) {
        Instant begin = cluster.azure.now();
        while (!cluster.reason(type).equals(reason)) {
            Duration passed = Duration.between(begin, cluster.azure.now());
            assertThat(passed)
                    .as("until %s was %s; it is %s", type, reason, cluster.reason(type))
                    .isLessThan(Duration.ofHours(1));
            cluster.azure.request("jellyfin");
            cluster.runFor(Duration.ofMinutes(1));
        }
        return Duration.between(begin, cluster.azure.now());
    }

    @Test
    void aRoleThatIsTakenAwayLaterIsSeenAtTheNextColdStartWithinTwoChecks() {
        try (Cluster cluster = sealed()) {
            neverRestores(cluster);
            Duration seen = triedUntil(cluster, "RestoreFailing", "True/RestoreFailing");

            assertThat(seen).isLessThanOrEqualTo(CHECK.multipliedBy(2).plusMinutes(2));
            assertThat(cluster.reason("Protected")).isEqualTo("False/RestoreFailing");
            assertThat(cluster.condition("RestoreFailing").orElseThrow().message())
                    .contains("403", "az role assignment create");
            for (int check = 0; check < 3; check++) {
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(4));
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(4));
                assertThat(cluster.reason("Protected")).isEqualTo("False/RestoreFailing");
            }
        }
    }

    @Test
    void anotherOperatorGoesOnSayingThatTheRestoreFails() {
        try (Cluster cluster = sealed()) {
            neverRestores(cluster);
            triedUntil(cluster, "RestoreFailing", "True/RestoreFailing");

            cluster.azure.request("jellyfin");
            cluster.restart();
            cluster.step();
            assertThat(cluster.reason("Protected")).isEqualTo("False/RestoreFailing");
        }
    }

    /// An init container that tries again for minutes isn't restarted meanwhile, and a family waits at the door.
    @Test
    void aRestoreThatStillTriesSaysWhyBeforeItHasFailedForGood() {
        try (Cluster cluster = sealed()) {
            cluster.azure.script(ContainerScript.of("jellykeep-restore").withoutEnd());
            cluster.azure.request("jellyfin");
            cluster.runUntil(
                    Duration.ofMinutes(2),
                    each -> !each.azure.replicas("jellyfin").isEmpty());
            cluster.reportOfRestore(replica(cluster), "failed", "APP_OLDER_THAN_DATA: pin an older one");

            Duration seen = triedUntil(cluster, "RestoreFailing", "True/RestoreFailing");
            assertThat(seen).isLessThanOrEqualTo(CHECK.multipliedBy(2).plusMinutes(2));
            assertThat(cluster.condition("RestoreFailing").orElseThrow().message())
                    .contains("APP_OLDER_THAN_DATA: pin an older one")
                    .doesNotContain("403");
        }
    }

    @Test
    void aFailureOfAReplicaThatIsGoneSaysNothingOfTheOneThatStarts() {
        try (Cluster cluster = sealed()) {
            cluster.azure.script(ContainerScript.of("jellykeep-restore").withoutEnd());
            cluster.reportOfRestore("jellyfin--gone", "failed", "APP_OLDER_THAN_DATA");
            cluster.runFor(Duration.ofMinutes(30));
            for (int minute = 0; minute < 15; minute++) {
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(cluster.azure.replicas("jellyfin")).isNotEmpty();
            assertThat(cluster.reason("RestoreFailing")).isNotEqualTo("True/RestoreFailing");
        }
    }

    @Test
    void whoHasTheAppCheckedEachMinuteIsToldOfItsDataEachMinute() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "drift: {checkInterval: 1m}")) {
            cluster.runUntil(
                    Duration.ofMinutes(10), each -> each.reason("Ready").equals("True/Succeeded"));
            cluster.sealWithHead();
            cluster.runFor(Duration.ofMinutes(15));
            assertThat(cluster.reason("RestoreFailing")).isEqualTo("none");

            cluster.reportOfRestore("jellyfin--gone", "failed", "APP_OLDER_THAN_DATA");
            cluster.runFor(Duration.ofMinutes(2));
            assertThat(cluster.reason("RestoreFailing")).isEqualTo("True/RestoreFailing");
        }
    }

    private static String replica(Cluster cluster) {
        return cluster.azure.replicas("jellyfin").values().stream()
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoSleepsAgainIsProtectedAgain() {
        try (Cluster cluster = sealed()) {
            neverRestores(cluster);
            triedUntil(cluster, "RestoreFailing", "True/RestoreFailing");

            cluster.azure.scale("jellyfin", 0);
            cluster.runFor(CHECK.plusMinutes(2));
            assertThat(cluster.reason("Protected")).isEqualTo("True/Protected");
        }
    }

    @Test
    void aSleepingAppCostsSixReadsAnHourAndHalfOfThemTellWhoRuns() {
        try (Cluster cluster = sealed()) {
            cluster.azure.clearJournal();
            cluster.runFor(Duration.ofHours(4));

            assertThat(cluster.azure.journal()).hasSizeLessThanOrEqualTo(4 * 6);
            assertThat(cluster.reads("/revisions")).isBetween(4 * 3L - 1, 4 * 3L);
            assertThat(cluster.reads("/replicas")).isZero();
            assertThat(cluster.writes()).isEmpty();
        }
    }

    @Test
    void aTemplateThatSomebodyChangesMeanwhileIsPutBackAtTheNextCheck() {
        try (Cluster cluster = sealed()) {
            for (int turn = 0; turn < 2; turn++) {
                int before = cluster.writes().size();
                ObjectNode theirs = cluster.azure.get(Cluster.APP);
                ObjectNode template = (ObjectNode) theirs.path("properties").path("template");
                for (String list : List.of("initContainers", "containers")) {
                    template.path(list)
                            .forEach(each -> ((ObjectNode) each.path("resources")).remove("ephemeralStorage"));
                }
                ArrayNode containers = (ArrayNode) template.path("containers");
                containers.remove(containers.size() - 1);
                cluster.azure.put(Cluster.APP, theirs.toString());
                cluster.runFor(CHECK.plusSeconds(30));
                assertThat(cluster.writes()).as("turn %s", turn).hasSize(before + 1);
                cluster.runFor(Duration.ofMinutes(15));
            }
        }
    }
}
