package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.OperatorProgram;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A start that can't restore doesn't start the server: nobody sees a wizard where there is a backup.
class TroubleAtStartTest extends Scenario {
    @Test
    void an_outage_of_the_storage_holds_the_start_and_its_end_lets_it_go_on() {
        protectedApp();
        var _ = setUp();
        town.idle();

        town.azure().storage().outage(Outage.REFUSED);
        var visit = town.visit(_ -> assertLogin(3));
        awaitRestoreSays("no connection");
        assertThat(visit).as("the server's start").isNotDone();
        town.azure().storage().outage(Outage.NONE);
        assertThat(visit.join().users()).isEqualTo(3);
    }

    @Test
    void a_role_assignment_that_arrives_late_holds_the_start_and_is_named() {
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        town.assignRole(OperatorProgram.PRINCIPAL);
        town.scaleToZero();
        town.protect(Policy.small());

        var visit = town.visit(server -> server.get("/web/"));
        awaitRestoreSays("az role assignment create");
        assertThat(visit).as("the server's start").isNotDone();
        town.assignRole(town.backupPrincipal());
        assertThat(visit.join()).contains("setup wizard");
    }

    @Test
    void an_identity_that_was_taken_from_the_app_holds_the_start_and_is_named() {
        protectedApp();
        var _ = setUp();
        town.idle();
        town.patchBySomebodyElse("{\"identity\": {\"type\": \"None\", \"userAssignedIdentities\": null}}");

        var visit = town.visit(_ -> assertLogin(3));
        awaitRestoreSays("identity");
        assertThat(visit).as("the server's start").isNotDone();
        town.patchBySomebodyElse("{\"identity\": {\"type\": \"UserAssigned\", \"userAssignedIdentities\": {\""
                + Ids.IDENTITY + "\": {}}}}");
        // what a replica may use is settled when it starts
        town.loseNode();
        assertThat(visit.join().users()).isEqualTo(3);
    }

    @Test
    void an_identity_endpoint_that_comes_up_late_holds_the_start() {
        town.azure().apps().on(Quirk.LATE_IDENTITY);
        protectedApp();
        assertThat(town.server().get("/web/")).contains("setup wizard");
    }

    @Test
    void no_replica_holds_a_key_of_the_storage() throws IOException {
        protectedApp();
        var _ = setUp();
        awaitArchives(1);
        assertThat(town.processes()).isNotEmpty();
        for (var process : town.processes()) {
            assertThat(process.environment())
                    .doesNotContainIgnoringCase("AccountKey")
                    .doesNotContain("AZURE_STORAGE")
                    .doesNotContainIgnoringCase("sig=");
        }
    }

    private void awaitRestoreSays(String words) {
        Await.until(
                "restore says '" + words + "'",
                Town.BOUND,
                town::evidence,
                () -> town.console("jellykeep-restore").contains(words));
    }
}
