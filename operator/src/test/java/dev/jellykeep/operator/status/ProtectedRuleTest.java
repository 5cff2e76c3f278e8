package dev.jellykeep.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Refusal;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProtectedRuleTest {
    private static final String OTHER = "3f2c1a90-0000-4000-8000-000000000002";

    private static Finding judge(Case at) {
        return ProtectedRule.judge(Ends.of(at));
    }

    private static void is(Finding found, Truth truth, String reason) {
        assertThat(found.reason()).as(found.message()).isEqualTo(reason);
        assertThat(found.truth()).isEqualTo(truth);
    }

    private static Case sealed() {
        return Case.injected().sealed();
    }

    private static Case held() {
        return Case.injected().held().runs(Case.whole("r1"));
    }

    @Test
    void what_is_sealed_and_what_a_holder_keeps_is_protected() {
        is(judge(sealed()), Truth.TRUE, "Protected");
        is(judge(held()), Truth.TRUE, "Protected");
        Case unlooked = sealed();
        unlooked.running = null;
        is(judge(unlooked), Truth.TRUE, "Protected");
    }

    @Test
    void nothing_is_said_of_an_app_that_was_not_seen() {
        is(ProtectedRule.judge(Ends.lost(Truth.UNKNOWN, "Throttled")), Truth.UNKNOWN, "Throttled");
        is(ProtectedRule.judge(Ends.lost(Truth.FALSE, "NotFound")), Truth.FALSE, "NotFound");
    }

    @Test
    void half_an_injection_protects_nothing() {
        is(judge(new Case().sealed()), Truth.FALSE, "NotInjected");
        for (String gone : List.of("jellykeep-agent", "jellykeep-restore")) {
            Case at = sealed();
            at.app = Worlds.without(at.app, gone);
            is(judge(at), Truth.FALSE, "NotInjected");
        }
    }

    @Test
    void a_restore_that_fails_protects_nobody() {
        is(ProtectedRule.judge(Ends.restoreFails(Ends.of(sealed()), "why")), Truth.FALSE, "RestoreFailing");
    }

    @Test
    void paused_backups_protect_nothing_whoever_paused_them() {
        is(judge(sealed().spec("suspend: true")), Truth.FALSE, "Suspended");
        Case at = sealed();
        at.suspended = true;
        is(judge(at), Truth.FALSE, "Suspended");
    }

    @Test
    void archives_that_nobody_saw_are_no_proof() {
        is(ProtectedRule.judge(Ends.withArchives(Ends.of(sealed()), null)), Truth.UNKNOWN, "NotSeen");
        Case at = sealed();
        at.view = new ArchivesView.Hidden("StorageForbidden", "no role");
        is(judge(at), Truth.UNKNOWN, "StorageForbidden");
    }

    @Test
    void archives_in_a_place_that_the_app_does_not_write_to_are_no_proof() {
        for (String storage : List.of(
                "storage: {container: elsewhere}",
                "storage: {accountUrl: 'https://other.blob.core.windows.net'}",
                "storage: {prefix: kids}")) {
            is(judge(held().edited(storage)), Truth.FALSE, "PlanPending");
        }
        is(
                judge(sealed().spec("storage: {accountUrl: 'https://STFAMILY.blob.core.windows.net/'}")),
                Truth.TRUE,
                "Protected");
    }

    @Test
    void an_app_that_another_policy_injected_is_not_protected_by_this_one() {
        Case at = sealed();
        for (String name : List.of("jellykeep-agent", "jellykeep-restore")) {
            Worlds.ours(at.app, name).path("env").forEach(entry -> {
                if (entry.path("name").asText().equals("JELLYKEEP_POLICY")) {
                    ((com.fasterxml.jackson.databind.node.ObjectNode) entry).put("value", "kids/other");
                }
            });
        }
        is(judge(at), Truth.FALSE, "TargetConflict");
    }

    @Test
    void a_refused_plan_does_not_unprotect_what_is_injected() {
        is(judge(sealed().spec("containerApp: {container: nobody}")), Truth.TRUE, "Protected");
    }

    @Test
    void another_lineage_or_another_apps_archives_are_no_proof() {
        Case lineage = sealed();
        lineage.document(new LineageDocument(
                UUID.fromString(OTHER),
                Worlds.APP,
                1,
                null,
                true,
                List.of(new Listed(Case.HEAD, "00", 1, 1)),
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null));
        is(judge(lineage), Truth.FALSE, "LineageMissing");
        is(judge(sealed().document(Case.line(true, null).withApp(Worlds.APP + "2"))), Truth.FALSE, "LineageOfOtherApp");
    }

    @Test
    void a_document_that_cannot_be_read_proves_nothing() {
        Case at = sealed();
        at.reading = new Reading.Missing();
        is(judge(at), Truth.FALSE, "LineageMissing");
        at.reading = new Reading.Unreadable("e", "why");
        is(judge(at), Truth.FALSE, "LineageUnreadable");
        at.reading = new Reading.TooNew(2);
        is(judge(at), Truth.UNKNOWN, "LineageTooNew");
    }

    @Test
    void a_head_whose_archive_is_gone_protects_nothing() {
        Case at = sealed();
        at.archives.clear();
        is(judge(at), Truth.FALSE, "HeadMissing");
        is(judge(Case.injected()), Truth.FALSE, "NoBackupYet");
    }

    @Test
    void a_head_may_be_a_folder_of_an_older_tool() {
        Case at = sealed();
        at.archives.clear();
        at.folders.put("backup-20261120110000", List.of());
        at.document(
                Case.line(true, null).withLine(List.of(new Listed("backup-20261120110000", "00", 1, 1)), List.of()));
        is(judge(at), Truth.TRUE, "Protected");
    }

    @Test
    void a_final_snapshot_that_was_refused_is_said() {
        Case at = sealed();
        at.document(Case.line(true, null).withState(true, new Refusal("SHRINK", null)));
        is(judge(at), Truth.FALSE, "BackupRefused");
    }

    @Test
    void forks_that_nobody_has_looked_at_are_said() {
        Case listed = sealed();
        listed.document(Case.line(true, null)
                .withLine(
                        List.of(new Listed(Case.HEAD, "00", 1, 1)),
                        List.of(new Fork(null, OTHER, Fork.Why.STANDBY, List.of(new Listed("f", "00", 1, 1))))));
        is(judge(listed), Truth.FALSE, "ForksFound");
        Case unlisted = sealed().archive("backup-20261120113000.tar.gz", Case.NOW, Case.LINEAGE);
        is(judge(unlisted), Truth.FALSE, "ForksFound");
    }

    @Test
    void a_silent_holder_is_not_believed_while_it_may_run() {
        Case at = held();
        at.reports.clear();
        at.report(Case.HOLDER, "holding", Duration.ofMinutes(6));
        is(judge(at), Truth.UNKNOWN, "AgentSilent");
        at.running = null;
        is(judge(at), Truth.UNKNOWN, "AgentSilent");
        at.running = new Running(List.of(Case.revision(Case.OLD)), Map.of());
        is(judge(at), Truth.UNKNOWN, "AgentSilent");
        is(judge(at.runs()), Truth.FALSE, "AgentSilent");
    }

    @Test
    void a_silent_holder_is_dated_not_aged() {
        Case at = held();
        at.reports.clear();
        at.report(Case.HOLDER, "holding", Duration.ofMinutes(6));
        String first = judge(at).message();
        assertThat(first).contains("2026-11-20T11:54:00Z");
        at.now = Case.NOW.plusSeconds(60);
        at.reports.clear();
        at.report(Case.HOLDER, "holding", Duration.ofMinutes(7));
        assertThat(judge(at).message()).isEqualTo(first);
        at.reports.clear();
        is(judge(at), Truth.UNKNOWN, "AgentSilent");
    }

    private static ReplicaReport unsaved(Duration before, Duration age) {
        return ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                .unsavedSince(Case.NOW.minus(before))
                .build()
                .at(Case.NOW.minus(age));
    }

    @Test
    void changes_that_are_unsaved_too_long_are_dated_not_aged() {
        Case at = held();
        at.reports.clear();
        at.report(unsaved(Duration.ofMinutes(31), Duration.ofSeconds(20)), Duration.ofSeconds(20));
        Finding found = judge(at);
        is(found, Truth.FALSE, "RecoveryPointMissed");
        assertThat(found.message()).contains("2026-11-20T11:29:00Z").doesNotContain(" s old");
        at.reports.clear();
        at.report(unsaved(Duration.ofMinutes(30), Duration.ofSeconds(20)), Duration.ofSeconds(20));
        is(judge(at), Truth.TRUE, "Protected");
        is(judge(at.spec("objectives: {recoveryPoint: 20m}")), Truth.FALSE, "RecoveryPointMissed");
    }

    @Test
    void an_agent_that_does_not_say_when_it_reported_proves_nothing() {
        Case at = held();
        at.reports.clear();
        at.report(
                ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                        .unsavedSince(Case.NOW.minus(Duration.ofDays(1)))
                        .build(),
                Duration.ofSeconds(20));
        is(judge(at), Truth.UNKNOWN, "ReportUnreadable");
    }

    @Test
    void a_report_that_cannot_be_read_proves_nothing_while_it_is_young() {
        Case at = sealed();
        for (Duration age : List.of(Duration.ofSeconds(299), Duration.ofMinutes(5))) {
            at.view = new ArchivesView.Seen(
                    at.reading,
                    new Catalogue(at.archives, at.folders),
                    at.reports,
                    Set.of(),
                    false,
                    at.now,
                    List.of(new ArchivesView.Seen.Unread("status/x.json", age)));
            boolean young = age.toSeconds() < 300;
            is(judge(at), young ? Truth.UNKNOWN : Truth.TRUE, young ? "ReportUnreadable" : "Protected");
        }
    }

    @Test
    void a_second_replica_that_reports_is_said() {
        is(judge(held().report(OTHER, "standby", Duration.ofSeconds(299))), Truth.FALSE, "SecondReplica");
        is(judge(held().report(OTHER, "standby", Duration.ofMinutes(5))), Truth.TRUE, "Protected");
        is(judge(sealed().report(OTHER, "waiting-for-app", Duration.ofSeconds(9))), Truth.FALSE, "SecondReplica");
    }

    @Test
    void a_replica_that_azure_shows_after_the_seal_is_said() {
        is(judge(sealed().runs(Case.whole("r9"))), Truth.FALSE, "ReplicaNotHeardOf");
        Case unlisted = sealed();
        unlisted.running = new Running(List.of(Case.revision(Case.OLD)), Map.of());
        is(judge(unlisted), Truth.UNKNOWN, "ReplicasNotSeen");
    }

    @Test
    void a_replica_without_sidecar_beside_the_holder_is_said() {
        is(judge(held().runs(Case.whole("r1"), Case.bare("r0"))), Truth.FALSE, "ReplicaNotHeardOf");
    }

    @Test
    void replicas_are_looked_at_where_a_holder_has_fallen_silent() {
        Case silent = held();
        silent.reports.clear();
        for (boolean injected : List.of(true, false)) {
            assertThat(ReplicaLook.wanted(injected, silent.archives())).isTrue();
            assertThat(ReplicaLook.wanted(injected, held().archives())).isFalse();
            assertThat(ReplicaLook.wanted(injected, sealed().archives())).isFalse();
        }
    }

    @Test
    void replicas_are_looked_at_where_a_first_start_has_told_nothing() {
        assertThat(ReplicaLook.wanted(true, Case.injected().archives())).isTrue();
        assertThat(ReplicaLook.wanted(false, Case.injected().archives())).isFalse();
        assertThat(ReplicaLook.wanted(true, new ArchivesView.Hidden("x", "y"))).isTrue();
        assertThat(ReplicaLook.wanted(false, new ArchivesView.Hidden("x", "y"))).isFalse();
        Case none = held();
        none.reports.clear();
        none.reading = new dev.jellykeep.store.archives.Reading.Missing();
        assertThat(ReplicaLook.wanted(true, none.archives())).isFalse();
    }

    @Test
    void an_objective_that_cannot_be_read_is_met_by_nothing() {
        assertThat(ProtectedRule.recoveryPoint(Worlds.spec("interval: 1h"))).isEqualTo(Duration.ofMinutes(75));
        assertThat(ProtectedRule.recoveryPoint(Worlds.spec("objectives: {recoveryPoint: soon}")))
                .isZero();
        assertThat(ProtectedRule.recoveryPoint(Worlds.spec("objectives: {recoveryPoint: 5m}")))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(ProtectedRule.heardOf()).isEqualTo(Duration.ofMinutes(5));
    }
}
