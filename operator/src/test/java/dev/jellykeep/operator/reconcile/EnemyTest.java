package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever writes a policy can't have the operator touch what no scope gives them, by any field of it.
class EnemyTest {
    private static final String OTHER = Cluster.APP.replace("/jellyfin", "/other");

    @TempDir
    Path blobs;

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().contains(".jellykeep-store"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String storage(String more) {
        return "storage: {accountUrl: '" + Cluster.STORAGE + "', container: jellyfin-backups, " + more + "}";
    }

    @Test
    void nothing_is_even_looked_at_outside_of_the_scope() {
        String group = Cluster.APP.substring(0, Cluster.APP.indexOf("/providers"));
        List<String> tricks = List.of(
                "storage: {accountUrl: 'https://evil.example', container: jellyfin-backups}",
                "storage: {accountUrl: '" + Cluster.STORAGE + ".', container: jellyfin-backups}",
                "storage: {accountUrl: '" + Cluster.STORAGE + ":443', container: jellyfin-backups}",
                "storage: {accountUrl: '" + Cluster.STORAGE + "', container: jellyfin-backups2}",
                storage("prefix: '../other'"),
                storage("prefix: 'a/../../other'"),
                storage("prefix: 'a/../b'"),
                storage("identity: {secretName: stolen}"),
                storage("identity: {resourceId: '" + Cluster.IDENTITY + "2'}"),
                storage("identity: {resourceId: '" + Cluster.IDENTITY + "', secretName: stolen}"),
                "agent: {image: 'registry.example/jellykeep/agent-evil:1'}",
                "containerApp: {resourceId: '" + group + "2/providers/Microsoft.App/containerApps/jellyfin'}",
                "containerApp: {resourceId: '" + group
                        + "/providers/Microsoft.App/containerApps/..%2f..%2f..%2fother'}",
                "containerApp: {resourceId: '" + group + "/providers/Microsoft.App/containerApps/..'}");
        for (String trick : tricks) {
            try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), trick)) {
                cluster.step();
                assertThat(cluster.reason("Stalled")).as(trick).isIn("True/ScopeDenied", "True/InvalidSpec");
                assertThat(cluster.azure.journal()).as(trick).isEmpty();
                assertThat(cluster.opened).as(trick).isEmpty();
                assertThat(cluster.farewell(Cluster.BEGIN)).isTrue();
                assertThat(cluster.writes()).as(trick).isEmpty();
            }
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void an_approved_policy_is_judged_anew_once_it_asks_for_more() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "")) {
            cluster.azure.scale("jellyfin", 0);
            cluster.runUntil(
                    Duration.ofMinutes(30), each -> each.reason("Ready").equals("True/Succeeded"));
            int written = cluster.writes().size();
            cluster.opened.clear();
            cluster.azure.clearJournal();
            cluster.edit("storage: {accountUrl: 'https://evil.example', container: jellyfin-backups}");
            cluster.runFor(Duration.ofMinutes(30));
            assertThat(cluster.reason("Stalled")).isEqualTo("True/ScopeDenied");
            assertThat(cluster.opened).isEmpty();
            assertThat(cluster.azure.journal()).isEmpty();
            assertThat(written).isEqualTo(1);
        }
    }

    private static PolicyView rival(String name, Instant created, String id) {
        return new PolicyView(
                new PolicyName("media", name),
                name,
                1,
                created,
                Map.of(),
                Cluster.spec("containerApp: {resourceId: " + id + "}"),
                null);
    }

    @Test
    void of_two_policies_for_one_app_one_has_it_whoever_looks_first() {
        PolicyView one = rival("a", Cluster.BEGIN, Cluster.APP);
        for (Instant created :
                List.of(Cluster.BEGIN, Cluster.BEGIN.plusSeconds(1), Cluster.BEGIN.minusSeconds(1), Instant.MAX)) {
            for (String id :
                    List.of(Cluster.APP, Cluster.APP.toUpperCase(Locale.ROOT), Cluster.APP.toLowerCase(Locale.ROOT))) {
                PolicyView other = rival("b", created, id);
                List<PolicyView> all = List.of(one, other);
                assertThat(Stream.of(one, other)
                                .filter(each -> Admission.refused(each, all, List.of(Cluster.scope()))
                                        .isEmpty()))
                        .as("%s, %s", created, id)
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_policy_that_does_not_see_its_rival_yet_finds_its_containers() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "")) {
            cluster.azure.scale("jellyfin", 0);
            cluster.runUntil(
                    Duration.ofMinutes(30), each -> each.reason("Ready").equals("True/Succeeded"));
            int written = cluster.writes().size();
            PolicyView rival = rival("rival", Cluster.BEGIN.minusSeconds(60), Cluster.APP);
            for (int i = 0; i < 3; i++) {
                Result result = cluster.step(rival, List.of(rival));
                assertThat(result.outcome().progress().reason()).isEqualTo("TargetConflict");
            }
            assertThat(cluster.writes()).hasSize(written);
        }
    }

    @Test
    void a_duration_that_no_schema_has_seen_stops_nobody_but_its_policy() {
        for (String spec : List.of(
                "drift: {checkInterval: 999999999h}",
                "drift: {checkInterval: soon}",
                "drift: {checkInterval: 999999999h}\nagent: {image: 'registry.example/evil:1'}",
                "drift: {correctionBudget: {window: 999999999h}}",
                "initialDelay: 999999999h",
                "interval: 999999999h")) {
            try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), spec)) {
                cluster.azure.scale("jellyfin", 0);
                cluster.step();
                assertThat(cluster.reason("Stalled")).as(spec).isIn("True/InvalidSpec", "True/ScopeDenied");
                assertThat(cluster.writes()).isEmpty();
            }
        }
    }

    private void lineageOf(String app) {
        AppResourceId id = AppResourceId.parse(app).orThrow();
        try (var store = FolderStore.open(blobs)) {
            store.putIfAbsent(
                    BlobLayout.LINEAGE,
                    LineageText.print(LineageDocument.fresh(LineageId.ofApp(id).value(), id.value())),
                    Map.of());
        }
    }

    @Test
    void another_apps_backups_are_not_paused_by_a_policy_for_the_same_folder() {
        lineageOf(OTHER);
        List<Path> before = files();
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "suspend: true\ntrigger: {backup: now}")) {
            cluster.azure.scale("jellyfin", 0);
            cluster.runFor(Duration.ofMinutes(5));
            assertThat(cluster.reason("Stalled")).isEqualTo("True/LineageOfOtherApp");
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_policy_that_only_plans_writes_nothing_into_blob_either() {
        lineageOf(Cluster.APP);
        List<Path> before = files();
        try (Cluster cluster =
                new Cluster(blobs, Cluster.usualApp(""), "mode: Plan\nsuspend: true\ntrigger: {backup: now}")) {
            cluster.azure.scale("jellyfin", 0);
            cluster.runFor(Duration.ofMinutes(5));
            assertThat(cluster.reason("Ready")).isEqualTo("True/Planned");
            assertThat(cluster.writes()).isEmpty();
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_request_is_a_name_for_no_other_blob_and_no_burden_for_the_status() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "trigger: {backup: ../../../lineage.json}")) {
            cluster.annotations.put(BackupRequests.ANNOTATION, "x".repeat(200_000));
            cluster.azure.scale("jellyfin", 0);
            cluster.runUntil(
                    Duration.ofMinutes(30), each -> each.reason("Ready").equals("True/Succeeded"));
            assertThat(cluster.status().requests()).hasSize(2);
            RequestStatus first = cluster.status().requests().getFirst();
            assertThat(first.value()).hasSizeLessThanOrEqualTo(128);
            assertThat(first.result()).contains("at most 128 characters");
            assertThat(files())
                    .extracting(each -> blobs.relativize(each).toString())
                    .containsExactly("control/app.json", "lineage.json");
        }
    }

    @Test
    void no_field_makes_one_of_our_own_containers_jellyfins_or_another_tools() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "")) {
            cluster.azure.scale("jellyfin", 0);
            cluster.runUntil(
                    Duration.ofMinutes(30), each -> each.reason("Ready").equals("True/Succeeded"));
            cluster.edit("containerApp: {resourceId: " + Cluster.APP + ", container: jellykeep-agent}");
            cluster.step();
            assertThat(cluster.reason("Stalled")).isEqualTo("True/NoJellyfinContainer");
            cluster.edit("takeOver: [jellykeep-agent, jellykeep-restore]");
            cluster.runFor(Duration.ofMinutes(5));
            assertThat(cluster.containers()).containsExactly("jellykeep-restore", "jellyfin", "jellykeep-agent");
        }
    }
}
