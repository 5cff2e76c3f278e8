package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Town;
import org.junit.jupiter.api.Test;

/// What people are told to do before they trust it: configure, wait, force a backup, validate, rely on restore.
class PlaybookTest extends ClusterScenario {
    @Test
    void configure_wait_force_a_backup_validate_and_rely_on_restore() {
        deployAsleep();
        town.assignRoles();
        cluster.apply(POLICY);
        cluster.await("Injected", "UpToDate");
        var server = setUp();
        awaitArchives(1);

        server.createUser("user-4");
        cluster.requestBackup("by-hand");
        Await.until(
                "the backup is acknowledged",
                Town.BOUND,
                cluster::evidence,
                () -> cluster.status().path("requests").toString().contains("backup-"));
        cluster.awaitStatus("Protected", "True", Town.BOUND);

        var verified = town.owner().run("verify");
        assertThat(verified.exitCode()).as(verified.text()).isZero();

        // a node's loss: what was forced is all that there is
        town.loseNode();
        assertLogin(4);
    }
}
