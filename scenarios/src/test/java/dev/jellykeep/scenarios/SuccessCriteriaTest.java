package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import org.junit.jupiter.api.Test;

/// What the people with the original set-up asked for, one by one.
class SuccessCriteriaTest extends Scenario {
    @Test
    void archives_are_made_on_schedule_and_each_is_good() {
        protectedApp();
        var server = setUp();
        awaitArchives(1);
        server.createUser("user-4");
        awaitArchives(2);
        for (var archive : town.owner().archives()) {
            var verified = town.owner().run("verify", archive);
            assertThat(verified.exitCode()).as(verified.text()).isZero();
        }
    }

    @Test
    void what_is_only_in_the_write_ahead_log_comes_back_after_scale_to_zero() {
        protectedApp(
                AppTemplate.official().withStandIn("--writes-per-second 0 --wal-autocheckpoint 0"), Policy.small());
        var server = setUp();
        awaitArchives(1);
        var before = server.facts().lastCommitted();
        server.writesPerSecond(50);
        Await.until(
                "50 writes", Town.BOUND, town::evidence, () -> server.facts().lastCommitted() >= before + 50);
        server.writesPerSecond(0);
        var last = town.idle();
        assertThat(town.owner().status().path("state").asText()).isEqualTo("sealed");

        var facts = assertLogin(3);
        assertThat(facts.lastCommitted()).as("last commit").isEqualTo(last);
    }

    @Test
    void the_server_works_on_after_a_restore_and_is_saved_again() {
        protectedApp();
        var _ = setUp();
        town.idle();
        var server = town.server();
        server.createUser("user-4");
        town.idle();
        assertLogin(4);
    }

    @Test
    void a_bad_archive_that_sorts_last_is_never_restored() {
        protectedApp();
        var _ = setUp();
        town.idle();
        town.plant("backup-20991231235959.tar.gz", new byte[133]);
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
    void a_drained_node_costs_nothing() {
        protectedApp(AppTemplate.official().withStandIn("--writes-per-second 20"), Policy.small());
        var _ = setUp();
        awaitArchives(1);
        var last = town.drainNode();
        assertThat(assertLogin(3).lastCommitted()).as("last commit").isGreaterThanOrEqualTo(last);
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
}
