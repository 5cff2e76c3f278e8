package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.Worlds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutWatchTest {
    private static final String NEW = "jellyfin--0000005";

    private static Replica starting(Duration ago) {
        return starting(Case.NOW.minus(ago));
    }

    private static Replica starting(@org.jspecify.annotations.Nullable Instant created) {
        return new Replica(
                "n1",
                created,
                "NotRunning",
                "",
                List.of(Case.container("jellykeep-restore", false)),
                List.of(Case.container("jellyfin", true), Case.container("jellykeep-agent", true)));
    }

    private static Case at(Revision newest, Replica... replicas) {
        Case at = Case.injected().sealed().rolling(newest, replicas);
        // what was ready last has the same containers of ours, so that there is nothing to go back to
        at.stable = at.app.at("/properties/template").deepCopy();
        return at;
    }

    @Test
    void a_steady_app_is_left_alone() {
        Decision decision = Case.injected().sealed().decide();
        Says.ready(decision, "Succeeded");
        assertThat(decision.again()).isEqualTo(Duration.ofMinutes(10));
        assertThat(decision.memory()).isEqualTo(Case.injected().memory);
    }

    @Test
    void a_rollout_is_watched_by_its_replicas() {
        Case at = at(Case.revision(NEW), starting(Duration.ofMinutes(1)));
        at.running = null;
        assertThat(at.decide().action()).isInstanceOf(Decision.Action.LookCloser.class);
    }

    @Test
    void a_revision_that_starts_has_its_time() {
        Decision decision =
                at(Case.revision(NEW), starting(Duration.ofMinutes(10))).decide();
        Says.waits(decision, "AwaitingRevision");
        assertThat(decision.again()).isEqualTo(Decider.SOON);
    }

    @Test
    void a_revision_that_never_gets_ready_is_said_to_have_failed() {
        Progress said = Says.stalled(
                at(Case.revision(NEW), starting(Duration.ofMinutes(11))).decide(), "RolloutFailed");
        assertThat(said.message())
                .contains(NEW, "10m", "jellykeep-restore Waiting CrashLoopBackOff, restarted 4 times")
                .contains("nothing serves")
                .doesNotContain("jellyfin Running");
    }

    @Test
    void the_deadline_runs_only_while_a_replica_exists() {
        Case at = at(new Revision(
                NEW, true, Case.NOW.minus(Duration.ofDays(30)), 0, "None", "Provisioned", "ScaledToZero", "", ""));
        Says.ready(at.decide(), "AwaitingFirstStart");
        Says.waits(at(Case.revision(NEW), starting((Instant) null)).decide(), "AwaitingRevision");
    }

    @Test
    void what_azure_calls_failed_has_failed_at_once() {
        for (Revision failed : List.of(
                Case.revision(NEW, "Failed", "Running"),
                Case.revision(NEW, "Provisioned", "Failed"),
                Case.revision(NEW, "Provisioning", "ActivationFailed"),
                new Revision(NEW, true, null, 0, "", "Provisioning", "", "image not found", ""))) {
            Says.stalled(at(failed, starting(Duration.ofSeconds(5))).decide(), "RolloutFailed");
            Says.stalled(at(failed).decide(), "RolloutFailed");
        }
        assertThat(at(new Revision(NEW, true, null, 0, "", "Provisioning", "", "image not found", ""))
                        .decide()
                        .progress()
                        .message())
                .contains("image not found");
    }

    @Test
    void a_replica_that_crashed_once_has_its_time_too() {
        Revision degraded = Case.revision(NEW, "Provisioned", "Degraded");
        Says.waits(at(degraded, starting(Duration.ofMinutes(1))).decide(), "AwaitingRevision");
        Says.stalled(at(degraded, starting(Duration.ofMinutes(11))).decide(), "RolloutFailed");
    }

    @Test
    void azures_own_words_are_passed_on() {
        Revision failed =
                new Revision(NEW, true, null, 1, "", "Failed", "Failed", "", "Deployment Progress Deadline Exceeded");
        assertThat(Says.stalled(at(failed).decide(), "RolloutFailed").message())
                .contains("Deployment Progress Deadline Exceeded");
    }

    private static Case failedWhileTheOldOneServes(String edit) {
        Case at = Case.injected().sealed().runs(Case.whole("o1"));
        at.rolling(Case.revision(NEW, "Provisioned", "Failed"), starting(Duration.ofMinutes(20)));
        return edit.isEmpty() ? at : at.edited(edit);
    }

    @Test
    void while_the_previous_revision_serves_nothing_more_is_sent() {
        Case at = failedWhileTheOldOneServes("");
        assertThat(Says.stalled(at.decide(), "RolloutFailed").message()).contains("previous revision still serves");
        at.spec("rollout: {strategy: Overlap}");
        at.memory = at.memory.taken(java.util.Objects.requireNonNull(at.digest()), at.generation);
        Worlds.ours(at.app, "jellykeep-agent").putArray("args").add("sleep");
        Says.stalled(at.decide(), "RolloutFailed");
        at.generation++;
        Says.stalled(at.decide(), "RolloutFailed");
    }

    @Test
    void a_changed_policy_may_mend_a_failed_rollout() {
        Says.sends(failedWhileTheOldOneServes("rollout: {strategy: Overlap, preRolloutBackup: Disabled}, interval: 1h")
                .decide());
        Says.waits(failedWhileTheOldOneServes("interval: 1h").decide(), "WaitingForIdle");
    }

    @Test
    void where_nothing_runs_a_failed_revision_may_be_mended() {
        Case at = at(Case.revision(NEW, "Provisioned", "Failed"));
        Worlds.ours(at.app, "jellykeep-agent").putArray("args").add("sleep");
        assertThat(Says.sends(at.decide()).correction()).isNotNull();
    }

    @Test
    void a_first_revision_that_failed_has_nobody_behind_it() {
        Case at = at(Case.revision(NEW, "Failed", "Failed"));
        at.properties().put("latestReadyRevisionName", "");
        at.running = new Running(List.of(Case.revision(NEW, "Failed", "Failed")), Map.of(NEW, List.of()));
        assertThat(Says.stalled(at.decide(), "RolloutFailed").message()).contains("nothing serves");
    }

    @Test
    void an_app_without_any_revision_is_not_called_ready() {
        Case at = Case.injected().sealed();
        at.properties().put("latestRevisionName", "").remove("latestReadyRevisionName");
        Says.waits(at.decide(), "AwaitingRevision");
        at.properties().put("provisioningState", "Failed");
        Says.stalled(at.decide(), "ProvisioningFailed");
    }

    @Test
    void a_sticky_failure_of_the_app_says_nothing_of_a_revision_that_is_ready() {
        Case at = Case.injected().sealed();
        at.properties().put("provisioningState", "Failed");
        Says.ready(at.decide(), "Succeeded");
    }

    @Test
    void a_revision_whose_replicas_could_not_be_listed_is_not_said_to_be_unstarted() {
        Case at = at(Case.revision(NEW));
        at.running = new Running(List.of(Case.revision(NEW)), Map.of());
        Says.waits(at.decide(), "AwaitingRevision");
    }

    @Test
    void azures_work_is_waited_for() {
        Case at = Case.injected().sealed();
        at.properties().put("provisioningState", "InProgress");
        Says.waits(at.decide(), "AwaitingRevision");
    }

    @Test
    void a_replica_that_is_not_ready_serves_nobody() {
        Running running = new Running(
                List.of(),
                Map.of(
                        Case.OLD,
                        List.of(
                                Case.replica("o1", null),
                                Case.replica("o2", null, Case.container("a", true), Case.container("b", false))),
                        NEW,
                        List.of(Case.whole("n1"))));
        assertThat(running.servesWithout(NEW)).isFalse();
        assertThat(running.servesWithout(Case.OLD)).isTrue();
    }
}
