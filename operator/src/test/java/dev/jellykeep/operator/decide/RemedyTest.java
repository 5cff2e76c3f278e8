package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Worlds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A revision of ours that doesn't get ready.
class RemedyTest {
    private static final String NEW = "jellyfin--0000005";

    /// What was ready before.
    private JsonNode stable = Case.injected().app.at("/properties/template");

    private static Case failed(String rollout, Replica... replicas) {
        Case at = Case.injected().sealed().edited("interval: 1h, rollout: {" + rollout + "}");
        at.app = at.sent();
        at.memory = at.memory.settled(at.digest(), at.generation);
        at.rolling(Case.revision(NEW, "Provisioned", "Failed"), replicas);
        return at;
    }

    private static Replica behindItsRestore() {
        return new Replica(
                "n1",
                Case.NOW.minusSeconds(900),
                "NotRunning",
                "",
                List.of(Case.container("jellykeep-restore", false)),
                List.of(new dev.jellykeep.operator.arm.ContainerStatus("jellyfin", false, 0, "Waiting", "")));
    }

    private static Replica pastItsRestore() {
        return Case.replica(
                "n1",
                Case.NOW.minusSeconds(900),
                Case.container("jellyfin", true),
                Case.container("jellykeep-agent", false));
    }

    private static void looksBack(Decision decision) {
        assertThat(decision.action()).isEqualTo(new Decision.Action.LookBack(Case.OLD));
    }

    @Test
    void an_app_that_nobody_serves_gets_back_what_worked_and_stays_so_until_somebody_edits_the_policy() {
        Case at = failed("strategy: WhenIdle");
        looksBack(at.decide());
        at.stable = stable;
        Decision back = at.decide();
        Decision.Action.Send send = Says.sends(back);
        assertThat(send.note().reason()).isEqualTo("RolledBack");
        assertThat(send.note().message()).contains(NEW, Case.OLD);
        at.app = Worlds.patched(at.app, send.body());
        at.ready();
        at.memory = back.memory();
        at.stable = null;
        assertThat(Planner.plan(at.input())).as("what the policy wants").isInstanceOf(Plan.Patch.class);
        assertThat(at.app.at("/properties/template/initContainers/0")).isEqualTo(stable.at("/initContainers/0"));
        for (int look = 0; look < 3; look++) {
            at.now = at.now.plus(Duration.ofHours(1));
            Decision rests = at.decide();
            Says.stalled(rests, "RolledBack");
            at.memory = rests.memory();
        }
        Says.sends(at.edited("interval: 2h").decide());
    }

    @Test
    void it_happens_once_per_spec() {
        Case at = failed("strategy: WhenIdle");
        at.stable = stable;
        at.memory = at.memory.rollBack("another", at.generation);
        Says.stalled(at.decide(), "RolloutFailed");
        at.memory = at.memory.rollBack("another", at.generation - 1);
        Says.sends(at.decide());
    }

    @Test
    void what_a_replica_has_written_is_not_given_up_unasked() {
        Case at = failed("rollback: Safe", pastItsRestore());
        at.stable = stable;
        Says.stalled(at.decide(), "RolloutFailed");
        Case forced = failed("rollback: Force", pastItsRestore());
        forced.stable = stable;
        Says.sends(forced.decide());
        Case behind = failed("rollback: Safe", behindItsRestore());
        behind.stable = stable;
        Says.sends(behind.decide());
        Case both = failed("rollback: Safe", behindItsRestore(), pastItsRestore());
        both.stable = stable;
        Says.stalled(both.decide(), "RolloutFailed");
    }

    @Test
    void while_an_older_one_serves_nothing_is_sent_even_by_force() {
        Case at = Case.injected().sealed().edited("interval: 1h, rollout: {rollback: Force}");
        at.app = at.sent();
        at.memory = at.memory.settled(at.digest(), at.generation);
        at.runs(Case.whole("o1")).rolling(Case.revision(NEW, "Provisioned", "Failed"), behindItsRestore());
        at.stable = stable;
        assertThat(Says.stalled(at.decide(), "RolloutFailed").message()).contains("previous revision still serves");
    }

    @Test
    void somebody_elses_deployment_is_never_undone() {
        Case at = failed("strategy: WhenIdle");
        ObjectNode other = stable.deepCopy();
        ((ObjectNode) other.at("/containers/0")).put("image", "jellyfin/jellyfin:10.10.7");
        at.stable = other;
        Says.stalled(at.decide(), "RolloutFailed");
    }

    @Test
    void a_first_injection_that_fails_has_nothing_to_go_back_to() {
        Case at = failed("strategy: WhenIdle");
        at.stable = new Case().app.at("/properties/template");
        Says.stalled(at.decide(), "RolloutFailed");
        at.properties().put("latestReadyRevisionName", "");
        at.stable = null;
        Says.stalled(at.decide(), "RolloutFailed");
    }
}
