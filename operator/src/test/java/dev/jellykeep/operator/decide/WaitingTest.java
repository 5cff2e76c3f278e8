package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static Case waiting() {
        return Case.injected()
                .held()
                .edited("interval: 1h, rollout: {maxWait: 1000h}")
                .runs(Case.whole("r1"));
    }

    private static int notes(Case at, List<Duration> looks) {
        int notes = 0;
        for (Duration look : looks) {
            at.now = Case.NOW.plus(look);
            Decision decision = at.decide();
            notes += decision.notes().size();
            at.memory = decision.memory();
        }
        return notes;
    }

    @Test
    void a_running_replica_is_waited_for() {
        Decision decision = waiting().decide();
        assertThat(Says.waits(decision, "WaitingForIdle").message()).contains("r1", "WhenIdle", "INTERVAL");
        assertThat(decision.memory().waitingSince()).isEqualTo(Case.NOW);
        assertThat(decision.again()).isEqualTo(Decider.IDLE_WATCH);
    }

    @Test
    void an_idle_app_gets_its_template() {
        assertThat(Says.sends(waiting().sealed().runs().decide()).note().reason())
                .isEqualTo("TemplatePatched");
    }

    @Test
    void a_user_who_chose_overlap_is_not_kept_waiting() {
        Case at =
                Case.injected().held().edited("interval: 1h, rollout: {strategy: Overlap, preRolloutBackup: Disabled}");
        Says.sends(at.runs(Case.whole("r1")).decide());
    }

    @Test
    void an_upgrade_of_the_operator_rolls_no_app_by_surprise() {
        Case at = Case.injected().held().spec("rollout: {strategy: Overlap}").runs(Case.whole("r1"));
        at.image = "ghcr.io/jellykeep/agent:1.1.0";
        assertThat(Says.waits(at.decide(), "WaitingForIdle").message())
                .contains("a new release")
                .doesNotContain("WhenIdle");
        Says.sends(at.sealed().runs().decide());
        Case chosen = Case.injected()
                .held()
                .edited(
                        "rollout: {strategy: Overlap, preRolloutBackup: Disabled}, agent: {image: 'ghcr.io/jellykeep/agent:1.0.1'}");
        Says.sends(chosen.runs(Case.whole("r1")).decide());
    }

    @Test
    void a_day_of_waiting_is_said_once_however_seldom_somebody_looks() {
        List<Duration> often = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            often.add(Duration.ofMinutes(5L * i));
        }
        assertThat(notes(waiting(), often)).isOne();
        assertThat(notes(waiting(), List.of(Duration.ZERO, Duration.ofHours(25), Duration.ofHours(50))))
                .isOne();
        assertThat(notes(waiting(), List.of(Duration.ZERO, Duration.ofHours(24), Duration.ofHours(24))))
                .isOne();
        assertThat(notes(waiting(), List.of(Duration.ZERO, Duration.ofHours(23))))
                .isZero();
    }

    @Test
    void the_next_wait_is_said_again() {
        Case at = waiting();
        assertThat(notes(at, List.of(Duration.ZERO, Duration.ofHours(25)))).isOne();
        at.memory = at.sealed().runs().decide().memory();
        at.runs(Case.whole("r2")).edited("interval: 2h, rollout: {maxWait: 1000h}");
        assertThat(notes(at, List.of(Duration.ofHours(26), Duration.ofHours(49))))
                .isZero();
        assertThat(notes(at, List.of(Duration.ofHours(50)))).isOne();
    }

    @Test
    void a_wait_that_was_called_off_is_not_counted_on() {
        Case at = waiting();
        at.memory = at.decide().memory();
        at.edited("interval: 1h, mode: Plan");
        assertThat(at.decide().memory().waitingSince()).isNull();
        at.edited("interval: 1h, containerApp: {container: nobody}");
        assertThat(at.decide().memory().waitingSince()).isNull();
    }

    @Test
    void a_clock_that_jumped_back_starts_the_wait_anew() {
        Case at = waiting();
        at.memory = at.memory.waiting(Case.NOW.plus(Duration.ofDays(9)));
        Decision decision = at.decide();
        assertThat(decision.notes()).isEmpty();
        assertThat(decision.memory().waitingSince()).isEqualTo(Case.NOW);
    }

    @Test
    void what_could_not_be_listed_is_waited_for() {
        Case at = waiting();
        at.running = new Running(List.of(Case.revision(Case.OLD)), java.util.Map.of());
        assertThat(Says.waits(at.decide(), "WaitingForIdle").message()).contains("could not be listed");
        at.running = new Running(List.of(), java.util.Map.of());
        Says.waits(at.decide(), "WaitingForIdle");
    }

    @Test
    void nothing_is_sent_while_azure_works_on_the_app() {
        for (String state : List.of("InProgress", "waiting", "Deleting")) {
            Case at = waiting().runs();
            at.properties().put("provisioningState", state);
            Says.waits(at.decide(), "Progressing");
        }
    }

    @Test
    void nothing_is_sent_in_mode_plan_or_where_the_plan_is_refused() {
        assertThat(Says.ready(new Case().spec("mode: Plan").decide(), "Planned").message())
                .contains("jellykeep-agent");
        Case refused = new Case().spec("containerApp: {container: nobody}");
        Says.stalled(refused.decide(), "NoJellyfinContainer");
    }

    @Test
    void settings_that_need_no_new_revision_wait_for_nobody() {
        Case at = waiting();
        var body = at.app.objectNode();
        body.putObject("identity").put("type", "SystemAssigned");
        at.plan = new dev.jellykeep.operator.desired.Plan.Patch(
                body,
                List.of(new dev.jellykeep.operator.desired.Change("identity.type", null, body.path("identity"))),
                List.of(),
                dev.jellykeep.operator.desired.Presence.WHOLE);
        assertThat(Says.sends(at.decide()).body()).isEqualTo(body);
    }
}
