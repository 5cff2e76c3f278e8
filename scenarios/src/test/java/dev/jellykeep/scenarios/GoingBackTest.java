package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A family wants an older state back, on purpose.
@Tag("long")
class GoingBackTest extends ClusterScenario {
    private static final String OLD = "jellyfin/jellyfin:10.10.7";
    private static final String NEW = "jellyfin/jellyfin:10.11.3";

    @Test
    void yesterdays_archive_by_policy_comes_back_once_and_the_start_after_it_has_todays_writes() {
        protectedServer();
        long _ = town.idle();
        String yesterday = town.owner().archives().getLast();
        town.server().createUser("a mistake");
        long _ = town.idle();
        assertThat(town.owner().archives().getLast()).isNotEqualTo(yesterday);

        cluster.apply(POLICY.with("restore: {request: {backup: " + yesterday + ", token: before-the-mistake}}"));
        awaitRequest("Asked");
        assertLogin(3);
        town.server().createUser("today-1");
        town.server().createUser("today-2");
        long _ = town.idle();
        awaitRequest("restored");

        assertLogin(5);
        long _ = town.idle();
        assertLogin(5);
        assertThat(town.owner().run("forks").text())
                .as("what was gone back from is kept")
                .contains("displaced");
    }

    @Test
    void after_an_upgrade_that_went_wrong_the_old_tag_and_one_command_bring_the_login_screen_back() throws Exception {
        town.deploy(AppTemplate.official().withImage(OLD).withStandIn("--writes-per-second 0 --era 10.10"));
        long _ = town.scaleToZero();
        town.assignRoles();
        cluster.apply(POLICY);
        cluster.await("Injected", "UpToDate");
        var _ = setUp();
        awaitArchives(1);
        long _ = town.idle();
        String fitting = town.owner().archives().getLast();

        town.changeImage(NEW);
        migrated();
        String before = cluster.status().path("target").path("latestRevision").asText();
        town.changeImage(OLD);
        Await.until("the operator has told which version the revision runs", ONE_CHECK, cluster::evidence, () -> {
            var target = cluster.status().path("target");
            return target.path("version").asText().equals("10.10.7")
                    && !target.path("latestRevision").asText().equals(before);
        });

        var visit = town.visit(server -> server.get("/web/"));
        cluster.awaitStatus("RestoreFailing", "True", Town.BOUND.plus(ONE_CHECK));
        assertThat(cluster.condition("RestoreFailing").orElseThrow().message())
                .contains("APP_OLDER_THAN_DATA", "last archive that fits: " + fitting);
        assertThat(town.owner().run("list", "--fits", "10.10.7").text()).contains(fitting);

        var pinned = town.owner().run("pin", "--fits", "10.10.7");
        assertThat(pinned.exitCode()).as(pinned.text()).isZero();
        assertThat(pinned.text()).contains("restores " + fitting + ", once");
        assertThat(visit.join()).contains("login");
        assertLogin(3);
    }

    /// What a newer Jellyfin does to the data before it breaks: migrations, and a backup of that.
    private void migrated() throws IOException, SQLException {
        Path folder = Files.createDirectories(town.options().folder().resolve("migrated"));
        String data = folder.toString();
        run("restore", "--data-dir", data);
        try (var database = SqliteFile.open(folder.resolve("data/jellyfin.db"))) {
            SqliteFile.run(database, "INSERT INTO __EFMigrationsHistory VALUES ('20251009200000_Later', '9')");
        }
        run("backup", "--data-dir", data, "--app-health-url", "none");
    }

    private void run(String... command) {
        var printed = town.owner().run(command);
        assertThat(printed.exitCode()).as(printed.text()).isZero();
    }

    private void awaitRequest(String result) {
        Await.until(
                "the request's answer is " + result,
                Town.BOUND.plus(ONE_CHECK),
                cluster::evidence,
                () -> StreamSupport.stream(cluster.status().path("requests").spliterator(), false)
                        .anyMatch(each -> each.path("kind").asText().equals("restore")
                                && each.path("result").asText().equals(result)));
    }
}
