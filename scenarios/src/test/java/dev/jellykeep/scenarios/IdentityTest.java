package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.OperatorProgram;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The app's managed identity, by which alone an agent gets at the storage.
@Tag("long")
class IdentityTest extends Scenario {
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(20);

    @Test
    void an_identity_endpoint_that_comes_up_30_seconds_late_holds_the_start_and_nothing_is_lost() {
        protectedApp();
        var _ = setUp();
        town.idle();
        town.azure().apps().on(Quirk.LATE_IDENTITY);
        town.azure().apps().change(settings -> settings.with(settings.timings().with(Span.IDENTITY_DELAY, LATE)));

        var began = Instant.now();
        var visit = town.visit(_ -> assertLogin(3));
        awaitRestoreSays("can't be reached");
        assertThat(visit).as("the server's start").isNotDone();
        assertThat(visit.join().users()).isEqualTo(3);
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(LATE);
    }

    @Test
    void another_identity_than_the_one_that_the_agent_asks_for_holds_the_start_and_is_named() {
        protectedApp();
        var _ = setUp();
        town.idle();
        identify(
                "UserAssigned",
                "{\"" + Ids.IDENTITY.replace("jellyfin-backup", "somebody") + "\": {}, \"" + Ids.IDENTITY
                        + "\": null}");

        var visit = town.visit(_ -> assertLogin(3));
        awaitRestoreSays("az containerapp identity assign");
        assertThat(town.console("jellykeep-restore")).contains("client id");
        assertThat(visit).as("the server's start").isNotDone();
        putBack();
        assertThat(visit.join().users()).isEqualTo(3);
    }

    @Test
    void an_identity_that_was_taken_from_the_app_holds_the_start_and_is_named() {
        protectedApp();
        var _ = setUp();
        town.idle();
        identify("None", "null");

        var visit = town.visit(_ -> assertLogin(3));
        awaitRestoreSays("identity");
        assertThat(visit).as("the server's start").isNotDone();
        putBack();
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
    void an_agent_whose_token_ends_gets_another_one_and_goes_on_saving() {
        town.azure().tokens().lifetime(SHORT);
        protectedApp();
        var server = setUp();
        awaitArchives(1);
        var ended = Instant.now().plus(SHORT);
        Await.until(
                "no token of before is valid",
                Town.BOUND,
                town::evidence,
                () -> Instant.now().isAfter(ended));
        server.createUser("user-4");
        awaitArchives(2);
        assertThat(town.console("jellykeep-agent")).doesNotContain("401");
        town.idle();
        assertLogin(4);
    }

    @Test
    void no_container_of_a_replica_holds_a_connection_string_or_a_key() {
        protectedApp();
        var _ = setUp();
        awaitArchives(1);
        assertNoKeys("jellykeep-agent", 2);
        town.idle();

        town.azure().storage().outage(Outage.HANGING);
        var visit = town.visit(_ -> assertLogin(3));
        Await.until("the restore runs", Town.BOUND, town::evidence, () -> town.starts("jellykeep-restore") == 1);
        assertNoKeys("jellykeep-restore", 1);
        town.azure().storage().outage(Outage.NONE);
        assertThat(visit.join().users()).isEqualTo(3);
    }

    private void assertNoKeys(String running, int atLeast) {
        Await.until(
                running + " has its identity",
                Town.BOUND,
                town::evidence,
                () -> town.processes().stream()
                                .filter(process -> process.environment().contains("IDENTITY_ENDPOINT="))
                                .count()
                        >= atLeast);
        var key = keyOf(town.azure().storage().ownersConnectionString());
        for (var process : town.processes()) {
            assertThat(process.environment())
                    .as(process.program())
                    .doesNotContainIgnoringCase("AccountKey")
                    .doesNotContainIgnoringCase("ConnectionString")
                    .doesNotContain("AZURE_STORAGE")
                    .doesNotContainIgnoringCase("sig=")
                    .doesNotContain(key);
        }
    }

    private static String keyOf(String connectionString) {
        var from = connectionString.indexOf("AccountKey=") + "AccountKey=".length();
        return connectionString.substring(from, connectionString.indexOf(';', from));
    }

    private void identify(String type, String users) {
        town.patchBySomebodyElse(
                "{\"identity\": {\"type\": \"" + type + "\", \"userAssignedIdentities\": " + users + "}}");
    }

    private void putBack() {
        identify("UserAssigned", "{\"" + Ids.IDENTITY + "\": {}}");
        // what a replica may use is settled when it starts
        town.loseNode();
    }
}
