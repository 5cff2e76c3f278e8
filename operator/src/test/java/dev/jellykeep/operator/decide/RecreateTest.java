package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Planner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A running server whose template changes: asked, stopped, replaced, or back again.
class RecreateTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Case running(String rollout) {
        return Case.injected()
                .held()
                .edited("interval: 1h, rollout: {" + rollout + "}")
                .runs(Case.whole("r1"));
    }

    private static Case running() {
        return running("strategy: Recreate");
    }

    private static RolloutDocument document(Case at, Stage stage) {
        Plan.Patch patch = (Plan.Patch) Planner.plan(at.input());
        return new RolloutDocument("token", patch.digest(), Case.OLD, Case.OLD, stage, false, List.of(Case.HEAD));
    }

    private static Case at(Case at, Stage stage, Duration age) {
        at.rollout = new ArchivesView.Seen.Rollout(document(at, stage), age, false);
        return at;
    }

    /// Its revision has been deactivated, and its replica is gone.
    private static Case stopped(Stage stage, Duration age) {
        Case at = at(running(), stage, age);
        at.running = new Running(
                List.of(new Revision(
                        Case.OLD, false, Case.NOW.minusSeconds(7200), 0, "Healthy", "Provisioned", "Stopped", "", "")),
                Map.of());
        return at;
    }

    private static Case sealedSince(Case at) {
        at.sealed();
        at.rollout = new ArchivesView.Seen.Rollout(
                java.util.Objects.requireNonNull(at.rollout).document(), at.rollout.age(), true);
        return at;
    }

    private static Case answered(Case at, String replica, String result, String archive) {
        return at.report(
                ReportDraft.of(Case.blank(replica, "holding"))
                        .answer(new ReplicaReport.Answer(AgentRequests.backup("token"), result, archive, Case.NOW))
                        .build(),
                Duration.ofSeconds(5));
    }

    private static Decision.Action.Stop stops(Decision decision) {
        assertThat(decision.action()).as(decision.progress().toString()).isInstanceOf(Decision.Action.Stop.class);
        return (Decision.Action.Stop) decision.action();
    }

    private static Decision.Action.Start starts(Decision decision) {
        assertThat(decision.action()).as(decision.progress().toString()).isInstanceOf(Decision.Action.Start.class);
        return (Decision.Action.Start) decision.action();
    }

    private static RolloutDocument kept(Decision.Action.Start start) {
        return java.util.Objects.requireNonNull(start.rollout());
    }

    private static RolloutDocument keeps(Decision decision) {
        assertThat(decision.action()).as(decision.progress().toString()).isInstanceOf(Decision.Action.Keep.class);
        return ((Decision.Action.Keep) decision.action()).rollout();
    }

    @Test
    void a_running_replica_is_asked_for_a_backup_before_anything_else() {
        for (String strategy : List.of("Recreate", "Overlap")) {
            RolloutDocument kept = keeps(running("strategy: " + strategy).decide());
            assertThat(kept.stage()).isEqualTo(Stage.ASKED);
            assertThat(kept.replaces()).isEqualTo(Case.OLD);
            assertThat(kept.archives()).containsExactly(Case.HEAD);
        }
    }

    @Test
    void nothing_is_touched_before_the_holder_has_promoted_what_it_was_asked_for() {
        for (String strategy : List.of("Recreate", "Overlap")) {
            Case at = at(running("strategy: " + strategy), Stage.ASKED, MINUTE);
            Says.waits(at.decide(), "WaitingForBackup");
            Says.waits(answered(at, "another", "promoted", Case.HEAD).decide(), "WaitingForBackup");
            answered(at, Case.HOLDER, "promoted", Case.HEAD);
            if (strategy.equals("Recreate")) {
                Decision.Action.Stop stop = stops(at.decide());
                assertThat(stop.revision()).isEqualTo(Case.OLD);
                assertThat(stop.rollout().stage()).isEqualTo(Stage.STOPPING);
                assertThat(stop.rollout().archives()).containsExactly(Case.HEAD);
            } else {
                Says.sends(at.decide());
            }
        }
    }

    @Test
    void a_backup_that_was_not_promoted_stops_the_rollout() {
        for (String result : List.of("fork", "refused: SHRINK")) {
            Case at = answered(at(running(), Stage.ASKED, MINUTE), Case.HOLDER, result, Case.HEAD);
            Says.stalled(at.decide(), "PreRolloutBackupRefused");
        }
        Case elsewhere = answered(at(running(), Stage.ASKED, MINUTE), Case.HOLDER, "promoted", "backup-x.tar.gz");
        Says.stalled(elsewhere.decide(), "PreRolloutBackupRefused");
        Case best = at(running("strategy: Recreate, preRolloutBackup: BestEffort"), Stage.ASKED, MINUTE);
        Decision decision =
                answered(best, Case.HOLDER, "refused: SHRINK", Case.HEAD).decide();
        stops(decision);
        assertThat(decision.notes()).extracting(Note::reason).containsExactly("PreRolloutBackupRefused");
    }

    @Test
    void an_old_backup_is_not_taken_for_what_the_replica_holds_now() {
        Case at = answered(at(running(), Stage.ASKED, Duration.ofMinutes(10)), Case.HOLDER, "promoted", Case.HEAD);
        assertThat(keeps(at.decide()).token()).isNotEqualTo("token");
        Case otherPlan = answered(at(running(), Stage.ASKED, MINUTE), Case.HOLDER, "promoted", Case.HEAD);
        otherPlan.edited("interval: 2h, rollout: {strategy: Recreate}");
        assertThat(keeps(otherPlan.decide()).plan())
                .isNotEqualTo(document(running(), Stage.ASKED).plan());
    }

    @Test
    void an_agent_that_worked_and_does_not_answer_stops_the_rollout() {
        Case at = at(running(), Stage.ASKED, Duration.ofMinutes(5));
        assertThat(Says.stalled(at.decide(), "PreRolloutBackupUnanswered").message())
                .contains("r1", "jellykeep-agent", "BestEffort");
        Case best = at(running("strategy: Recreate, preRolloutBackup: BestEffort"), Stage.ASKED, Duration.ofMinutes(5));
        assertThat(best.decide().notes()).extracting(Note::reason).containsExactly("PreRolloutBackupUnanswered");
        stops(best.decide());
    }

    @Test
    void an_agent_that_never_worked_is_not_waited_for() {
        Case at = at(running(), Stage.ASKED, Duration.ofMinutes(5));
        at.reports.clear();
        at.report(Case.HOLDER, "ended", Duration.ofSeconds(7201));
        Decision decision = at.decide();
        stops(decision);
        assertThat(decision.notes()).extracting(Note::reason).containsExactly("AgentNeverWorked");
        at.report(ReportDraft.blank("x", "jellyfin--0000003-abc", "ended", "agent", null, null), Duration.ofSeconds(9));
        stops(at.decide());
        at.report(ReportDraft.blank("y", Case.OLD + "-abc", "standby", "agent", null, null), Duration.ofSeconds(9));
        Says.stalled(at.decide(), "PreRolloutBackupUnanswered");
    }

    @Test
    void nobody_is_asked_where_the_policy_says_so() {
        stops(running("strategy: Recreate, preRolloutBackup: Disabled").decide());
    }

    @Test
    void the_template_is_not_sent_before_the_last_backup() {
        Says.waits(stopped(Stage.STOPPING, Duration.ofSeconds(20)).decide(), "WaitingForSeal");
        Case before = stopped(Stage.STOPPING, Duration.ofSeconds(20)).sealed();
        Says.waits(before.decide(), "WaitingForSeal");
        Decision sent =
                sealedSince(stopped(Stage.STOPPING, Duration.ofSeconds(20))).decide();
        Says.sends(sent);
        assertThat(sent.notes()).isEmpty();
    }

    @Test
    void a_replica_that_died_without_a_seal_is_told_and_replaced_after_its_grace_period() {
        Says.waits(stopped(Stage.STOPPING, Duration.ofSeconds(149)).decide(), "WaitingForSeal");
        Decision sent = stopped(Stage.STOPPING, Duration.ofSeconds(150)).decide();
        Says.sends(sent);
        assertThat(sent.notes()).singleElement().satisfies(note -> {
            assertThat(note.reason()).isEqualTo("SealMissing");
            assertThat(note.message()).contains(Case.OLD, Case.HEAD);
        });
    }

    @Test
    void a_replica_that_does_not_end_gets_its_revision_back() {
        Case at = stopped(Stage.STOPPING, Duration.ofSeconds(200));
        at.running = new Running(
                java.util.Objects.requireNonNull(at.running).revisions(), Map.of(Case.OLD, List.of(Case.whole("r1"))));
        Says.waits(at.decide(), "WaitingForSeal");
        at.rollout = new ArchivesView.Seen.Rollout(document(at, Stage.STOPPING), Duration.ofSeconds(460), false);
        assertThat(kept(starts(at.decide())).givenUp()).isTrue();
    }

    @Test
    void a_revision_that_was_to_be_stopped_by_an_operator_that_was_killed_is_stopped() {
        assertThat(stops(at(running(), Stage.STOPPING, MINUTE).decide()).revision())
                .isEqualTo(Case.OLD);
    }

    @Test
    void a_revision_that_somebody_activated_long_after_is_asked_anew() {
        assertThat(keeps(at(running(), Stage.STOPPING, Duration.ofMinutes(10)).decide())
                        .stage())
                .isEqualTo(Stage.ENDED);
        assertThat(keeps(at(running(), Stage.REFUSED, MINUTE).decide()).stage()).isEqualTo(Stage.ENDED);
    }

    @Test
    void users_get_their_server_back_where_azure_does_not_take_the_template() {
        Says.sends(stopped(Stage.REFUSED, Duration.ofSeconds(59)).decide());
        Decision back = stopped(Stage.REFUSED, Duration.ofSeconds(60)).decide();
        assertThat(starts(back).revision()).isEqualTo(Case.OLD);
        assertThat(kept(starts(back)).stage()).isEqualTo(Stage.RETURNING);
        assertThat(starts(stopped(Stage.RETURNING, Duration.ofDays(1)).decide()).revision())
                .isEqualTo(Case.OLD);
        assertThat(keeps(at(running(), Stage.RETURNING, MINUTE).decide()).stage())
                .isEqualTo(Stage.ENDED);
    }

    @Test
    void users_keep_their_server_for_a_while_once_they_have_it_back() {
        Says.waits(at(running(), Stage.ENDED, Duration.ofMinutes(59)).decide(), "RolloutReturned");
        assertThat(keeps(at(running(), Stage.ENDED, Duration.ofMinutes(60)).decide())
                        .stage())
                .isEqualTo(Stage.ASKED);
        Case refused = running();
        refused.rollout =
                new ArchivesView.Seen.Rollout(document(refused, Stage.ENDED).forGood(), Duration.ofDays(9), false);
        Says.stalled(refused.decide(), "RolloutReturned");
    }

    @Test
    void a_policy_that_changed_its_mind_does_not_leave_the_app_stopped() {
        for (String edit : List.of("mode: Plan", "containerApp: {container: nobody}")) {
            Case at = stopped(Stage.STOPPING, MINUTE).edited(edit);
            assertThat(starts(at.decide()).revision()).isEqualTo(Case.OLD);
            Case serves = at(running(), Stage.STOPPING, MINUTE).edited(edit);
            assertThat(keeps(serves.decide()).stage()).isEqualTo(Stage.ENDED);
        }
        Case missing = sealedSince(stopped(Stage.STOPPING, MINUTE));
        missing.document(
                missing.view == null
                        ? Case.line(true, Case.HOLDER).withApp("/subscriptions/other")
                        : Case.line(true, Case.HOLDER));
        assertThat(starts(missing.decide()).note().message()).contains("/subscriptions/other");
    }

    @Test
    void it_is_looked_at_before_it_is_gone_on_with() {
        Case at = stopped(Stage.STOPPING, MINUTE);
        at.running = null;
        assertThat(at.decide().action()).isInstanceOf(Decision.Action.LookCloser.class);
    }

    @Test
    void a_rollout_of_an_older_revision_is_over() {
        Case at = Case.injected().sealed();
        at.rollout = new ArchivesView.Seen.Rollout(
                new RolloutDocument(
                        "t", "p", "jellyfin--0000003", "jellyfin--0000003", Stage.STOPPING, false, List.of()),
                MINUTE,
                false);
        Says.ready(at.decide(), "Succeeded");
    }

    @Test
    void an_app_that_fell_idle_meanwhile_gets_its_template_at_once() {
        Says.sends(at(running(), Stage.ASKED, MINUTE).sealed().runs().decide());
    }

    @Test
    void a_wait_that_takes_too_long_becomes_a_recreation() {
        Case at = running("maxWait: 24h");
        at.memory = at.decide().memory();
        at.now = Case.NOW.plus(Duration.ofHours(24)).minusSeconds(1);
        Says.waits(at.decide(), "WaitingForIdle");
        at.now = Case.NOW.plus(Duration.ofHours(24));
        assertThat(keeps(at.decide()).stage()).isEqualTo(Stage.ASKED);
    }

    @Test
    void a_new_release_of_the_operator_waits_for_ever_unless_the_policy_lets_it_roll() {
        Case at = Case.injected().held().runs(Case.whole("r1"));
        at.image = "ghcr.io/jellykeep/agent:1.1.0";
        at.memory = at.memory.waiting(Case.NOW.minus(Duration.ofDays(30)));
        Says.waits(at.decide(), "WaitingForIdle");
        at.spec("agent: {updatePolicy: Rollout}");
        assertThat(keeps(at.decide()).stage()).isEqualTo(Stage.ASKED);
    }

    @Test
    void without_sight_of_answers_nobody_is_stopped() {
        Case at = running();
        at.view = new ArchivesView.Hidden("StorageForbidden", "why");
        assertThat(Says.waits(at.decide(), "WaitingForIdle").message()).contains("can't be seen");
    }

    @Test
    void a_replica_that_nobody_saves_is_not_stopped() {
        Case at = running().runs(Case.whole("r1"), Case.bare("r2"));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
        Case late = running("maxWait: 1h").runs(Case.bare("r1"));
        late.memory = late.memory.waiting(Case.NOW.minus(Duration.ofHours(9)));
        Says.waits(late.decide(), "WaitingForIdle");
    }

    @Test
    void a_replica_whose_last_backup_may_be_on_its_way_is_not_succeeded_yet() {
        Case at = running("strategy: WhenIdle").runs();
        Says.waits(at.decide(), "WaitingForSeal");
        at.reports.clear();
        at.report(Case.HOLDER, "ending", Duration.ofMinutes(2));
        Says.sends(at.decide());
        at.reports.clear();
        at.report(Case.HOLDER, "ended", Duration.ofSeconds(2));
        Says.sends(at.decide());
    }
}
