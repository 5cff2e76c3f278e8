package dev.jellykeep.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.Refusal;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.desired.Worlds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static void is(Case at, String type, Truth truth, String reason) {
        Finding found = Ends.found(Findings.of(Ends.of(at)), type);
        assertThat(found.reason()).as(found.message()).isEqualTo(reason);
        assertThat(found.truth()).isEqualTo(truth);
    }

    private static List<String> types(Outcome outcome) {
        return Findings.of(outcome).stream().map(Finding::type).toList();
    }

    private static Case sealed() {
        return Case.injected().sealed();
    }

    @Test
    void tools_that_wait_see_reconciling_and_stalled_only_while_they_are_true() {
        assertThat(types(Ends.of(sealed())))
                .containsExactly(
                        "Ready",
                        "Protected",
                        "TargetResolved",
                        "Injected",
                        "Drifted",
                        "StorageAvailable",
                        "LineageConsistent",
                        "RecoveryPointMet");
        Case waits = sealed().edited("interval: 1h").runs(Case.whole("r1"));
        assertThat(types(Ends.of(waits))).contains("Reconciling").doesNotContain("Stalled");
        is(waits, "Ready", Truth.FALSE, "WaitingForIdle");
        Case stalls = new Case().runs(Case.bare("r1"));
        assertThat(types(Ends.of(stalls))).contains("Stalled").doesNotContain("Reconciling");
        is(stalls, "Ready", Truth.FALSE, "UnsavedDataWouldBeLost");
    }

    @Test
    void of_an_app_that_was_not_seen_only_that_is_said() {
        assertThat(types(Ends.lost(Truth.FALSE, "NotFound")))
                .containsExactly("Ready", "Stalled", "Protected", "TargetResolved");
    }

    @Test
    void an_injection_is_as_planned_or_not() {
        is(sealed(), "Injected", Truth.TRUE, "UpToDate");
        is(sealed().edited("interval: 1h"), "Injected", Truth.FALSE, "PlanPending");
        is(new Case(), "Injected", Truth.FALSE, "NotInjected");
        Case half = sealed();
        half.app = Worlds.without(half.app, "jellykeep-agent");
        is(half, "Injected", Truth.FALSE, "NotInjected");
        is(sealed().spec("containerApp: {container: nobody}"), "Injected", Truth.UNKNOWN, "NoJellyfinContainer");
    }

    @Test
    void drift_is_said_while_it_lasts() {
        is(sealed(), "Drifted", Truth.FALSE, "NoDrift");
        Case drifts = sealed().runs(Case.whole("r1"));
        Worlds.ours(drifts.app, "jellykeep-agent").putArray("args").add("sleep");
        is(drifts, "Drifted", Truth.TRUE, "TemplateChanged");
        assertThat(types(Ends.of(sealed().edited("interval: 1h").runs(Case.whole("r1")))))
                .doesNotContain("Drifted");
    }

    @Test
    void storage_that_only_the_agent_may_see_is_not_called_unavailable() {
        Case at = sealed();
        is(at, "StorageAvailable", Truth.TRUE, "Seen");
        at.view = new ArchivesView.Hidden("StorageForbidden", "no role");
        is(at, "StorageAvailable", Truth.UNKNOWN, "StorageForbidden");
        at.view = new ArchivesView.Hidden("ContainerNotFound", "gone");
        is(at, "StorageAvailable", Truth.FALSE, "ContainerNotFound");
        assertThat(types(Ends.of(at))).doesNotContain("LineageConsistent", "RecoveryPointMet");
    }

    @Test
    void forks_break_the_line() {
        is(sealed(), "LineageConsistent", Truth.TRUE, "OneLine");
        is(
                sealed().archive("backup-20261120113000.tar.gz", Case.NOW, Case.LINEAGE),
                "LineageConsistent",
                Truth.FALSE,
                "ForkDetected");
    }

    @Test
    void a_recovery_point_is_measured_from_what_is_unsaved() {
        is(sealed(), "RecoveryPointMet", Truth.TRUE, "IdleUnchanged");
        is(Case.injected(), "RecoveryPointMet", Truth.FALSE, "NeverBackedUp");
        Case held = Case.injected().held().runs(Case.whole("r1"));
        is(held, "RecoveryPointMet", Truth.TRUE, "Fresh");
        held.reports.clear();
        is(held, "RecoveryPointMet", Truth.UNKNOWN, "AgentSilent");
        held.report(
                ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                        .unsavedSince(Case.NOW.minus(Duration.ofMinutes(31)))
                        .build()
                        .at(Case.NOW),
                Duration.ZERO);
        is(held, "RecoveryPointMet", Truth.FALSE, "Overdue");
    }

    @Test
    void a_seal_hides_neither_a_refused_snapshot_nor_a_replica_that_writes() {
        Case refused = sealed();
        refused.document(Case.line(true, null).withState(true, new Refusal("SHRINK", null)));
        is(refused, "RecoveryPointMet", Truth.FALSE, "BackupRefused");
        Case writes = sealed().report(
                        ReportDraft.of(Case.blank("x", "waiting-for-app"))
                                .unsavedSince(Case.NOW.minus(Duration.ofHours(2)))
                                .build()
                                .at(Case.NOW),
                        Duration.ZERO);
        is(writes, "RecoveryPointMet", Truth.FALSE, "Overdue");
    }

    @Test
    void a_restore_that_fails_is_said_while_it_does() {
        assertThat(types(Ends.of(sealed()))).doesNotContain("RestoreFailing");
        Finding found = Ends.found(Findings.of(Ends.restoreFails(Ends.of(sealed()), "no role")), "RestoreFailing");
        assertThat(found.truth()).isEqualTo(Truth.TRUE);
        assertThat(found.message()).isEqualTo("no role");
    }
}
