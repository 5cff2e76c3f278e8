package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Replicas and their containers begin and end, in all the ways that the platform knows.
@Tag("long")
class ComingsAndGoingsTest extends Scenario {
    @Test
    void a_first_install_begins_with_the_wizard_and_what_is_set_up_then_is_saved_at_once() {
        protectedApp();
        assertThat(town.server().get("/web/")).contains("setup wizard");
        assertThat(town.owner().archives())
                .as("archives before anything is set up")
                .isEmpty();
        var _ = setUp();
        awaitArchives(1);
        town.loseNode();
        assertLogin(3);
    }

    @Test
    void a_restarted_revision_comes_back_with_everything() {
        protectedApp();
        var _ = setUp();
        awaitArchives(1);
        var before = town.replicas();
        town.restartRevision();
        Await.until("another replica serves", Town.BOUND, town::evidence, () -> {
            var now = town.replicas();
            return !now.isEmpty() && now.stream().noneMatch(before::contains);
        });
        assertLogin(3);
    }

    @Test
    void a_drained_node_whose_replica_ends_before_the_next_one_starts_costs_nothing() {
        protectedApp(AppTemplate.official().withStandIn("--writes-per-second 20"), Policy.small());
        var _ = setUp();
        awaitArchives(1);
        var old = town.replicas().iterator().next();
        var last = town.drainNode();
        assertThat(assertLogin(3).lastCommitted()).as("last commit").isGreaterThanOrEqualTo(last);
        assertThat(town.replicas()).hasSize(1).doesNotContain(old);
        var next = town.replicas().iterator().next();
        assertThat(town.heard(next).first())
                .as("first word of the next one")
                .isAfter(town.heard(old).last());
    }

    @Test
    void a_killed_server_starts_again_on_its_own_disk() {
        protectedApp();
        var server = setUp();
        server.createUser("user-4");
        town.crash("jellyfin");
        Await.until("the server is back", Town.BOUND, town::evidence, () -> server.status("GET", "/health", "") == 200);
        assertLogin(4);
    }

    @Test
    void a_killed_agent_starts_again_and_goes_on_saving() {
        protectedApp();
        var server = setUp();
        awaitArchives(1);
        town.crash("jellykeep-agent");
        server.createUser("user-4");
        Await.until(
                "the agent has begun again",
                Town.BOUND,
                town::evidence,
                () -> town.console("jellykeep-agent").split("now holding", -1).length > 2);
        town.idle();
        assertLogin(4);
    }

    @Test
    void a_restore_that_is_killed_is_tried_again_before_the_server_may_start() {
        protectedApp();
        var _ = setUp();
        town.idle();

        town.azure().storage().outage(Outage.HANGING);
        var visit = town.visit(_ -> assertLogin(3));
        Await.until("the restore runs", Town.BOUND, town::evidence, () -> town.starts("jellykeep-restore") == 1);
        town.crash("jellykeep-restore");
        Await.until("it is tried again", Town.BOUND, town::evidence, () -> town.starts("jellykeep-restore") == 2);
        assertThat(town.starts("jellyfin")).as("starts of the server").isZero();
        town.azure().storage().outage(Outage.NONE);
        assertThat(visit.join().users()).isEqualTo(3);
    }
}
