package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator does to an app in the emulator, told by what arrives there.
class ReconcileTest {
    private static final String[] INJECTED = {"jellykeep-restore", "jellyfin", "jellykeep-agent"};

    @TempDir
    Path blobs;

    private Cluster cluster(String template, String spec) {
        return new Cluster(blobs, Cluster.usualApp(template), spec);
    }

    @Test
    void anIdleAppIsInjectedByOnePatchAndThenLeftAlone() {
        try (Cluster cluster = cluster("", "")) {
            cluster.runUntil(
                    Duration.ofMinutes(10), each -> each.reason("Ready").equals("True/Succeeded"));

            assertThat(cluster.containers()).containsExactly(INJECTED);
            assertThat(cluster.writes()).hasSize(1);
            assertThat(Files.exists(blobs.resolve("lineage.json"))).isTrue();
            assertThat(cluster.reason("Injected")).isEqualTo("True/UpToDate");
            assertThat(cluster.reason("Protected")).isEqualTo("False/NoBackupYet");
            assertThat(cluster.notes).extracting(note -> note.reason()).containsExactly("TemplatePatched");

            cluster.azure.clearJournal();
            cluster.runFor(Duration.ofHours(1));
            assertThat(cluster.writes()).isEmpty();
            assertThat(cluster.reads("/containerapps/jellyfin")).isLessThanOrEqualTo(6);
            assertThat(cluster.azure.journal())
                    .as("with a look at revisions and replicas, since nobody has been heard of yet")
                    .hasSizeLessThanOrEqualTo(3 * 6);
            assertThat(cluster.step())
                    .as("the status has news although nothing is new")
                    .isFalse();
        }
    }

    @Test
    void aRunningReplicasDiskIsNeverReplacedUnasked() {
        try (Cluster cluster = cluster(", \"terminationGracePeriodSeconds\": 30", "")) {
            cluster.azure.scale("jellyfin", 1);
            for (int minute = 0; minute < 20; minute++) {
                cluster.azure.request("jellyfin");
                cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(cluster.writes()).isEmpty();
            assertThat(cluster.reason("Stalled")).isEqualTo("True/UnsavedDataWouldBeLost");
            assertThat(cluster.ready()).contains("DiscardRunningData", "jellykeep.dev/rescued");
            assertThat(cluster.reason("Protected")).isEqualTo("False/NotInjected");

            cluster.edit("rollout: {firstInjection: DiscardRunningData}");
            cluster.azure.request("jellyfin");
            cluster.runUntil(Duration.ofMinutes(1), each -> !each.writes().isEmpty());
            assertThat(cluster.notes.getLast().message()).contains("is given up", "jellyfin--");
        }
    }

    @Test
    void aSealedAppIsProtectedAndCostsSixReadsAnHour() {
        try (Cluster cluster = cluster("", "")) {
            cluster.runUntil(
                    Duration.ofMinutes(10), each -> each.reason("Ready").equals("True/Succeeded"));
            cluster.sealWithHead();
            cluster.runFor(Duration.ofMinutes(30));
            assertThat(cluster.reason("Protected")).isEqualTo("True/Protected");
            assertThat(java.util.Objects.requireNonNull(cluster.status().backups())
                            .count())
                    .isEqualTo(1);

            cluster.azure.clearJournal();
            cluster.runFor(Duration.ofHours(4));
            assertThat(cluster.azure.journal())
                    .allMatch(each -> each.method().equals("GET"))
                    .hasSizeLessThanOrEqualTo(4 * 6);
            assertThat(cluster.step())
                    .as("the status has news although nothing is new")
                    .isFalse();
        }
    }

    @Test
    void nothingIsReadOrSentBeforeAScopeAllowsIt() {
        try (Cluster cluster = cluster("", "")) {
            var scopes = cluster.scopes;
            cluster.scopes = java.util.List.of();
            cluster.runFor(Duration.ofHours(1));
            assertThat(cluster.azure.journal()).isEmpty();
            assertThat(blobs).isEmptyDirectory();
            assertThat(cluster.reason("Stalled")).isEqualTo("True/ScopeDenied");

            cluster.scopes = scopes;
            cluster.runUntil(
                    Duration.ofMinutes(10), each -> each.reason("Ready").equals("True/Succeeded"));
            assertThat(cluster.writes()).hasSize(1);
        }
    }

    @Test
    void nothingIsSentInPlanMode() {
        try (Cluster cluster = cluster("", "mode: Plan")) {
            cluster.runFor(Duration.ofHours(1));
            assertThat(cluster.writes()).isEmpty();
            assertThat(Files.exists(blobs.resolve("lineage.json"))).isFalse();
            assertThat(cluster.reason("Ready")).isEqualTo("True/Planned");
            assertThat(java.util.Objects.requireNonNull(cluster.status().plan()).changes())
                    .anyMatch(each -> each.contains("jellykeep-agent"));
        }
    }
}
