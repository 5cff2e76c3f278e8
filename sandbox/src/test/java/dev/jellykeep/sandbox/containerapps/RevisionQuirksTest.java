package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What surprises who watches revisions.
class RevisionQuirksTest {
    private static final String OLD = "jellyfin--0000001";
    private static final String NEW = "jellyfin--0000002";
    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    @Shows(Quirk.BUSY_REVISION_ACTIONS)
    void a_revision_is_not_touched_while_the_app_is_written() {
        town.patch(town.newImage("jellyfin:11"));
        assertThat(town.client.post(Town.APP + "/revisions/" + OLD + "/restart").status())
                .isEqualTo(409);
        town.apps.off(Quirk.BUSY_REVISION_ACTIONS);
        assertThat(town.client.post(Town.APP + "/revisions/" + OLD + "/restart").status())
                .isEqualTo(200);
    }

    @Test
    @Shows(Quirk.EXTRA_OLD_REPLICA)
    void a_rollout_may_start_another_replica_of_the_old_revision() {
        town.apps.on(Quirk.EXTRA_OLD_REPLICA);
        town.patch(town.newImage("jellyfin:11"));
        town.advance(SHORT);
        assertThat(town.replicas(OLD)).hasSize(2);
        assertThat(town.replicas(NEW)).hasSize(1);
        town.advance(LONG);
        assertThat(town.replicas(OLD)).isEmpty();
    }

    @Test
    @Shows(Quirk.EXTRA_NEW_REPLICA)
    void a_rollout_may_start_two_replicas_of_the_new_revision() {
        town.apps.on(Quirk.EXTRA_NEW_REPLICA);
        town.patch(town.newImage("jellyfin:11"));
        town.advance(SHORT);
        assertThat(town.replicas(OLD)).hasSize(1);
        assertThat(town.replicas(NEW)).hasSize(2);
        town.advance(LONG);
        assertThat(town.replicas(NEW)).hasSize(1);
    }

    @Test
    @Shows(Quirk.REPLICA_ON_EVERY_ROLLOUT)
    void a_rollout_at_zero_replicas_may_start_one() {
        town.advance(Duration.ofMinutes(10));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(LONG);
        assertThat(town.replicas(NEW)).isEmpty();
        assertThat(town.text("latestReadyRevisionName")).isEqualTo(NEW);
        town.apps.on(Quirk.REPLICA_ON_EVERY_ROLLOUT);
        town.patch(town.newImage("jellyfin:12"));
        town.advance(LONG);
        assertThat(town.replicas("jellyfin--0000003")).hasSize(1);
    }

    @Test
    @Shows(Quirk.SCALED_TO_ZERO)
    void an_app_asleep_is_neither_running_nor_failed() {
        town.advance(Duration.ofMinutes(10));
        assertThat(state(OLD)).isEqualTo("ScaledToZero");
        town.apps.off(Quirk.SCALED_TO_ZERO);
        assertThat(state(OLD)).isEqualTo("Running");
    }

    @Test
    @Shows(Quirk.RUNNING_AT_MAX_SCALE)
    void a_healthy_app_with_one_replica_is_not_just_running() {
        assertThat(state(OLD)).isEqualTo("RunningAtMaxScale");
        town.apps.off(Quirk.RUNNING_AT_MAX_SCALE);
        assertThat(state(OLD)).isEqualTo("Running");
    }

    @Test
    @Shows(Quirk.ACTIVATION_FAILED)
    void a_revision_that_never_gets_ready_fails_in_words_that_the_specification_lacks() {
        fail();
        assertThat(state(NEW)).isEqualTo("ActivationFailed");
        town.apps.off(Quirk.ACTIVATION_FAILED);
        assertThat(state(NEW)).isEqualTo("Failed");
    }

    @Test
    @Shows(Quirk.FAILED_AFTER_FAILED_UPDATE)
    void the_app_is_failed_after_a_failed_update_though_the_old_revision_serves() {
        fail();
        assertThat(town.text("provisioningState")).isEqualTo("Failed");
        assertThat(town.apps.request("jellyfin").revision()).isEqualTo(OLD);
        town.apps.off(Quirk.FAILED_AFTER_FAILED_UPDATE);
        town.patch(town.newImage("jellyfin:12"));
        town.advance(Duration.ofMinutes(11));
        assertThat(town.text("provisioningState")).isEqualTo("Succeeded");
    }

    private void fail() {
        town.apps.script(ContainerScript.of("jellyfin").fails(ContainerScript.FOR_EVER, 1, "no such library"));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(4));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(7));
    }

    @Test
    @Shows(Quirk.DEACTIVATING_NEWEST_STOPS_ALL)
    void deactivating_the_newest_revision_stops_the_one_that_serves() {
        fail();
        town.apps.request("jellyfin");
        assertThat(town.client
                        .post(Town.APP + "/revisions/" + NEW + "/deactivate")
                        .status())
                .isEqualTo(200);
        town.advance(LONG);
        assertThat(town.replicas(OLD)).isEmpty();
        assertThat(town.revision(OLD).path("active").booleanValue()).isFalse();
        assertThat(state(OLD)).isEqualTo("Stopped");
    }

    @Test
    void without_that_quirk_the_one_that_serves_goes_on() {
        town.apps.off(Quirk.DEACTIVATING_NEWEST_STOPS_ALL);
        fail();
        town.apps.request("jellyfin");
        town.client.post(Town.APP + "/revisions/" + NEW + "/deactivate");
        town.advance(LONG);
        assertThat(town.replicas(OLD)).hasSize(1);
        assertThat(town.replicas(NEW)).isEmpty();
    }

    @Test
    @Shows(Quirk.GRACE_CUT_SHORT)
    void a_replica_may_be_killed_before_its_grace_is_over() {
        town.apps.change(settings -> settings.with(settings.timings().with(Span.STOP, Duration.ofHours(1))));
        town.patch(Town.template("\"terminationGracePeriodSeconds\": 300"));
        town.advance(LONG);
        town.client.post(Town.APP + "/stop");
        town.advance(Duration.ofSeconds(61));
        assertThat(town.replicas(NEW)).hasSize(1);
        town.advance(Duration.ofMinutes(4));
        assertThat(town.replicas(NEW)).isEmpty();
        town.apps.on(Quirk.GRACE_CUT_SHORT);
        town.client.post(Town.APP + "/start");
        town.advance(LONG);
        town.apps.request("jellyfin");
        town.advance(LONG);
        town.client.post(Town.APP + "/stop");
        assertThat(town.replicas(NEW)).hasSize(1);
        town.advance(Duration.ofSeconds(61));
        assertThat(town.replicas(NEW)).isEmpty();
    }

    private String state(String revision) {
        return Json.text(town.revision(revision), "runningState");
    }
}
