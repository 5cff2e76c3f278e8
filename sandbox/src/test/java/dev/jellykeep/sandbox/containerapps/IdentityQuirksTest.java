package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When init containers have no identity.
class IdentityQuirksTest {
    private static final String REVISION = "jellyfin--0000001";

    private final Town town = Town.founded();

    @BeforeEach
    void restoreNeedsAnIdentity() {
        town.apps.script(ContainerScript.of("restore-db").withIdentity());
        town.apps.change(
                settings -> settings.with(settings.timings().with(Span.IDENTITY_DELAY, Duration.ofSeconds(30))));
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    @Shows(Quirk.LATE_IDENTITY)
    void the_identity_endpoint_may_come_up_after_the_init_container() {
        town.create(Town.body());
        var restore = town.container(REVISION, "restore-db");
        assertThat(Json.text(restore, "runningState")).isEqualTo("Terminated");
        assertThat(restore.path("restartCount").intValue()).isEqualTo(2);
    }

    @Test
    void without_that_quirk_the_first_attempt_succeeds() {
        town.apps.off(Quirk.LATE_IDENTITY);
        town.create(Town.body());
        assertThat(town.container(REVISION, "restore-db").path("restartCount").intValue())
                .isZero();
    }

    @Test
    @Shows(Quirk.IDENTITY_LIMITED_IN_INIT)
    void off_the_consumption_profile_init_containers_have_no_identity() {
        var body = Town.body();
        Json.section(body, "properties").put("workloadProfileName", "big");
        town.create(body);
        town.advance(Duration.ofMinutes(20));
        var restore = town.container(REVISION, "restore-db");
        assertThat(Json.text(restore, "runningState")).isEqualTo("Waiting");
        assertThat(Json.text(restore, "runningStateDetails")).contains("identity endpoint was refused");
        assertThat(town.text("provisioningState")).isEqualTo("Failed");
        town.apps.off(Quirk.IDENTITY_LIMITED_IN_INIT);
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(5));
        assertThat(town.text("latestReadyRevisionName")).isEqualTo("jellyfin--0000002");
    }

    @Test
    void an_identity_kept_for_the_main_phase_is_hidden_from_init_containers() {
        var body = Town.body();
        Json.section(body, "properties", "configuration")
                .putArray("identitySettings")
                .addObject()
                .put("identity", Town.IDENTITY)
                .put("lifecycle", "main");
        Json.section(body, "identity").put("type", "UserAssigned");
        town.create(body);
        town.advance(Duration.ofMinutes(20));
        assertThat(town.text("provisioningState")).isEqualTo("Failed");
    }
}
