package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/// What the people with the original set-up asked for, by their numbers.
class SuccessCriteriaTest extends Scenario {
    private static final DateTimeFormatter IN_A_NAME =
            DateTimeFormatter.ofPattern("'backup-'yyyyMMddHHmmss'.tar.gz'").withZone(ZoneOffset.UTC);

    /// The policy's minute, as much earlier as jitter may make it, and the part of a second that a name leaves out.
    private static final Duration LEAST_APART = Duration.ofMillis(
                    (long) (60_000 * (1 - Schedule.DEFAULT_JITTER_FRACTION)))
            .minusSeconds(1);

    @Test
    void criterion_1_archives_are_made_on_schedule_and_each_is_clean() {
        protectedApp();
        var server = setUp();
        awaitArchives(1);
        server.createUser("user-4");
        awaitArchives(2);
        var archives = town.owner().archives();
        assertThat(Duration.between(time(archives.get(0)), time(archives.get(1))))
                .as("from one scheduled archive to the next")
                .isGreaterThanOrEqualTo(LEAST_APART);
        for (var archive : archives) {
            var verified = town.owner().run("verify", archive);
            assertThat(verified.exitCode()).as(verified.text()).isZero();
        }
    }

    @Test
    void criterion_2_what_is_only_in_the_write_ahead_log_is_in_the_archive() {
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
    void criterion_3_a_cold_start_restores_the_newest_archive() {
        protectedApp();
        var server = setUp();
        awaitArchives(1);
        server.createUser("user-4");
        var last = town.idle();
        var newest = town.owner().archives().getLast();

        var facts = assertLogin(4);
        assertThat(facts.lastCommitted()).as("last commit").isEqualTo(last);
        assertThat(town.console("jellykeep-restore")).contains(newest);
    }

    @Test
    void criterion_4_a_cold_start_shows_the_login_screen_from_its_first_page_on_and_not_the_wizard() {
        protectedApp();
        var _ = setUp();
        town.idle();
        town.plant("backup-20991231235959.tar.gz", new byte[133]);

        var first = town.visit(server -> server.get("/web/"));
        assertThat(first.join()).contains("login").doesNotContain("wizard");
        assertLogin(3);
    }

    @Test
    void criterion_5_the_server_works_normally_after_a_restore_and_is_saved_again() {
        protectedApp();
        var _ = setUp();
        town.idle();
        var server = town.server();
        var before = server.facts();
        server.createUser("user-4");
        server.growLibrary(1);
        assertThat(server.facts().items()).as("items").isGreaterThan(before.items());
        town.idle();
        assertLogin(4);
    }

    @Test
    void criterion_6_a_server_that_falls_asleep_by_itself_while_it_writes_loses_nothing() {
        protectedApp(
                AppTemplate.official().withStandIn("--writes-per-second 20").withCooldown(20), Policy.small());
        var _ = town.server();
        town.awaitHolder();
        var _ = setUp();
        var last = town.fallAsleep();
        assertThat(last).as("last commit").isPositive();
        assertThat(town.owner().status().path("state").asText()).isEqualTo("sealed");
        assertThat(assertLogin(3).lastCommitted()).as("last commit").isGreaterThanOrEqualTo(last);
    }

    private static Instant time(String archive) {
        return LocalDateTime.parse(archive, IN_A_NAME).toInstant(ZoneOffset.UTC);
    }
}
