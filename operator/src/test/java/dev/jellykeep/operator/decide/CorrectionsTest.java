package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.desired.Worlds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrectionsTest {
    private static Case drifted(String spec) {
        Case at = Case.injected().sealed();
        at.memory = Case.injected().memory;
        at.spec(spec);
        at.memory = at.memory.taken(java.util.Objects.requireNonNull(at.digest()), 1);
        Worlds.ours(at.app, "jellykeep-agent").putArray("args").add("sleep");
        ((ObjectNode) at.app.path("systemData"))
                .put("lastModifiedBy", "terraform")
                .put("lastModifiedByType", "Application");
        return at;
    }

    private static Case drifted() {
        return drifted("");
    }

    private static Memory corrected(Memory memory, int times) {
        Memory more = memory;
        for (int i = 1; i <= times; i++) {
            more = more.corrected(Case.NOW.minusSeconds(60L * i));
        }
        return more;
    }

    @Test
    void a_correction_says_who_changed_what_and_what_it_cost() {
        Case at = drifted();
        at.memory = at.memory.drifting(Case.NOW.minusSeconds(600));
        Decision decision = at.decide();
        Decision.Action.Send send = Says.sends(decision);
        assertThat(send.note().reason()).isEqualTo("DriftCorrected");
        assertThat(send.correction())
                .contains("terraform (Application)", Case.OLD, "2026-11-20T11:50:00Z to 2026-11-20T12:00:00Z");
        assertThat(decision.memory().corrections()).containsExactly(Case.NOW);
        assertThat(decision.memory().driftSince()).isNull();
    }

    @Test
    void a_correction_names_what_the_revision_ran_without() {
        Case at = drifted();
        at.app = Worlds.without(at.app, "jellykeep-restore");
        assertThat(Says.sends(at.decide()).correction()).contains("ran without restore");
        at.app = Worlds.without(at.app, "jellykeep-agent");
        assertThat(Says.sends(at.decide()).correction()).contains("ran without them");
        at.app = Worlds.without(drifted().app, "jellykeep-agent");
        assertThat(Says.sends(at.decide()).correction()).contains("ran without backups");
    }

    @Test
    void a_fight_with_another_manager_ends_at_the_budget() {
        Case at = drifted();
        Memory none = at.memory;
        at.memory = corrected(none, 2);
        Says.sends(at.decide());
        at.memory = corrected(none, 3);
        Decision decision = at.decide();
        assertThat(Says.stalled(decision, "ConflictingManager").message()).contains("terraform", "3 times within 1h");
        assertThat(decision.memory().driftSince()).isEqualTo(Case.NOW);
        at.now = Case.NOW.plus(Duration.ofHours(2));
        Says.sends(at.decide());
    }

    @Test
    void another_managers_image_is_a_fight_too() {
        Case at = Case.injected().sealed();
        Worlds.ours(at.app, "jellykeep-agent").put("image", "ghcr.io/jellykeep/agent:0.9.0");
        at.memory = corrected(at.memory, 3);
        Says.stalled(at.decide(), "ConflictingManager");
    }

    @Test
    void a_new_release_of_the_operator_is_nobodys_fight() {
        Case at = Case.injected().sealed();
        at.memory = corrected(at.memory, 3);
        at.image = "ghcr.io/jellykeep/agent:1.1.0";
        assertThat(Says.sends(at.decide()).correction()).isNull();
    }

    @Test
    void a_spec_that_was_saved_again_hides_no_fight() {
        Case at = drifted();
        at.memory = corrected(at.memory, 3);
        at.generation++;
        Says.stalled(at.decide(), "ConflictingManager");
    }

    @Test
    void a_container_newly_taken_over_is_no_fight() {
        Case at = Case.injected().sealed();
        ObjectNode tool = ((com.fasterxml.jackson.databind.node.ArrayNode) at.app.at("/properties/template/containers"))
                .insertObject(0)
                .put("name", "backup-agent")
                .put("image", "tool");
        tool.putObject("resources").put("cpu", 0.25).put("memory", "0.5Gi");
        tool.putArray("volumeMounts").addObject().put("volumeName", "data").put("mountPath", "/data");
        at.spec("containerApp: {container: jellyfin}, takeOver: [backup-agent]");
        at.memory = corrected(at.memory, 3).taken(java.util.Objects.requireNonNull(at.digest()), 1);
        Says.stalled(at.decide(), "ConflictingManager");
        at.generation++;
        assertThat(Says.sends(at.decide()).correction()).isNull();
    }

    @Test
    void a_clock_that_jumps_back_neither_forgets_corrections_nor_keeps_them_for_ever() {
        Case at = drifted();
        at.memory = corrected(at.memory, 3);
        at.now = Case.NOW.minus(Duration.ofDays(400));
        Decision back = at.decide();
        Says.stalled(back, "ConflictingManager");
        at.memory = back.memory();
        at.now = at.now.plus(Duration.ofMinutes(61));
        Says.sends(at.decide());
    }

    @Test
    void a_correction_is_not_forgotten_early_for_the_sake_of_a_fraction_of_a_second() {
        Case at = drifted("drift: {correctionBudget: {max: 1}}");
        at.memory = at.memory.corrected(Case.NOW.minus(Duration.ofHours(1)).plusMillis(900));
        at.memory = dev.jellykeep.operator.status.StatusText.memory(status(at));
        at.now = Case.NOW.plusMillis(500);
        Says.stalled(at.decide(), "ConflictingManager");
    }

    private static PolicyStatus status(Case at) {
        return dev.jellykeep.operator.status.StatusText.of(
                null,
                new dev.jellykeep.operator.status.Outcome(
                        Progress.ready("x", "y"),
                        dev.jellykeep.operator.status.Outcome.Target.FOUND,
                        at.situation(),
                        at.archives(),
                        at.memory,
                        List.of(),
                        java.util.Optional.empty()),
                1,
                at.now);
    }

    @Test
    void warn_only_reports() {
        Case at = drifted("drift: {mode: Warn}");
        Decision decision = at.decide();
        assertThat(Says.ready(decision, "DriftReported").message()).contains("terraform", "args");
        assertThat(decision.memory().driftSince()).isEqualTo(Case.NOW);
    }

    @Test
    void warn_does_not_stop_what_the_policy_itself_changes() {
        Says.sends(Case.injected()
                .sealed()
                .edited("drift: {mode: Warn}, interval: 1h")
                .decide());
    }

    @Test
    void warn_corrects_nothing_either_when_memory_was_lost() {
        Case at = drifted("drift: {mode: Warn}, rollout: {strategy: Overlap}");
        at.memory = Memory.empty();
        Decision decision = at.decide();
        Says.ready(decision, "DriftReported");
        at.memory = decision.memory();
        Says.ready(at.decide(), "DriftReported");
        Says.sends(at.edited("drift: {mode: Warn}, interval: 1h").decide());
    }

    @Test
    void lost_memory_costs_at_most_a_correction_that_is_not_counted() {
        Case at = drifted();
        at.memory = Memory.empty();
        Says.waits(at.runs(Case.whole("r1")).decide(), "WaitingForIdle");
        Decision decision = at.runs().decide();
        assertThat(Says.sends(decision).correction()).isNull();
        at.memory = decision.memory();
        assertThat(Says.sends(at.decide()).correction()).isNotNull();
    }

    @Test
    void drift_that_waits_is_dated_from_the_first_look() {
        Case at = drifted();
        at.runs(Case.whole("r1"));
        Decision first = at.decide();
        Says.waits(first, "WaitingForIdle");
        at.memory = first.memory();
        at.now = Case.NOW.plusSeconds(900);
        assertThat(at.decide().memory().driftSince()).isEqualTo(Case.NOW);
    }

    @Test
    void drift_behind_a_gate_is_dated_too() {
        Case at = drifted();
        at.app = Worlds.without(at.app, "jellykeep-agent", "jellykeep-restore");
        Decision shut = at.runs(Case.bare("r1")).decide();
        Says.stalled(shut, "UnsavedDataWouldBeLost");
        assertThat(shut.memory().driftSince()).isEqualTo(Case.NOW);
    }

    @Test
    void drift_that_somebody_took_back_is_over() {
        Case at = Case.injected().sealed();
        at.memory = at.memory.drifting(Case.NOW.minusSeconds(60)).waiting(Case.NOW.minusSeconds(60));
        Decision decision = at.decide();
        Says.ready(decision, "Succeeded");
        assertThat(decision.memory().driftSince()).isNull();
        assertThat(decision.memory().waitingSince()).isNull();
    }

    @Test
    void a_window_that_nobody_can_wait_for_is_refused_instead_of_failing_for_ever() {
        Case at = drifted("drift: {correctionBudget: {window: 999999999h}}");
        assertThat(Says.stalled(at.decide(), "InvalidSpec").message()).contains("correctionBudget.window");
    }

    @Test
    void a_writer_that_azure_does_not_name_is_somebody() {
        Case at = drifted("drift: {mode: Warn}");
        at.app.remove("systemData");
        assertThat(Says.ready(at.decide(), "DriftReported").message()).contains("somebody");
    }

    @Test
    void corrections_are_dated_by_the_look_that_sent_them() {
        Instant later = Case.NOW.plusSeconds(5);
        Case at = drifted();
        at.now = later;
        assertThat(at.decide().memory().corrections()).containsExactly(later);
    }
}
