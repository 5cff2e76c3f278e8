package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.state.OperationFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final String OLD = "jellyfin--0000001";
    private static final String NEW = "jellyfin--0000002";

    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void the_old_replica_stays_until_the_new_one_is_ready_and_a_while_longer() {
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofSeconds(7));
        assertThat(town.text("latestRevisionName")).isEqualTo(NEW);
        assertThat(town.text("latestReadyRevisionName")).isEqualTo(OLD);
        assertThat(Json.text(town.revision(NEW), "provisioningState")).isEqualTo("Provisioning");
        assertThat(town.revision(OLD).path("trafficWeight").intValue()).isEqualTo(100);
        town.advance(Duration.ofSeconds(2));
        assertThat(town.text("latestReadyRevisionName")).isEqualTo(NEW);
        assertThat(town.text("provisioningState")).isEqualTo("Succeeded");
        assertThat(town.replicas(OLD)).hasSize(1);
        assertThat(town.replicas(NEW)).hasSize(1);
        town.advance(Duration.ofSeconds(7));
        assertThat(town.replicas(OLD)).isEmpty();
        assertThat(Json.text(town.revision(OLD), "provisioningState")).isEqualTo("Deprovisioned");
    }

    @Test
    void a_sidecar_that_never_gets_ready_keeps_the_old_revision_serving() {
        town.apps.script(ContainerScript.of("backup-agent").withoutEnd().onlyIn(NEW));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(4));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(7));
        var failed = town.revision(NEW);
        assertThat(Json.text(failed, "provisioningState")).isEqualTo("Failed");
        assertThat(Json.text(failed, "runningStateDetails"))
                .startsWith("Deployment Progress Deadline Exceeded. 0/1 replicas ready.");
        assertThat(town.apps.request("jellyfin").revision()).isEqualTo(OLD);
        town.advance(Duration.ofSeconds(10));
        assertThat(town.apps.request("jellyfin").ready()).isEqualTo(1);
        assertThat(town.patch(town.newImage("jellyfin:12")).status()).isEqualTo(202);
    }

    @Test
    void a_restore_that_fails_leaves_its_words_and_growing_counts() {
        town.apps.script(ContainerScript.of("restore-db")
                .fails(ContainerScript.FOR_EVER, 4, "JELLYKEEP RESTORE FAILED NO_BLOB"));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofSeconds(6));
        var restore = town.container(NEW, "restore-db");
        assertThat(restore.path("restartCount").intValue()).isEqualTo(1);
        assertThat(Json.text(restore, "runningStateDetails"))
                .isEqualTo("Container 'restore-db' was terminated with exit code '4' and reason 'Error'."
                        + " JELLYKEEP RESTORE FAILED NO_BLOB");
        assertThat(Json.text(town.container(NEW, "jellyfin"), "runningState")).isEqualTo("Waiting");
        town.advance(Duration.ofMinutes(1));
        assertThat(town.container(NEW, "restore-db").path("restartCount").intValue())
                .isEqualTo(3);
        town.advance(Duration.ofMinutes(10));
        assertThat(Json.text(town.revision(NEW), "runningStateDetails")).endsWith("1/1 Container crashing: restore-db");
    }

    @Test
    void a_restore_that_succeeds_at_last_is_not_held_against_it() {
        town.apps.script(ContainerScript.of("restore-db").fails(3, 4, "not yet").onlyIn(NEW));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(3));
        assertThat(town.container(NEW, "restore-db").path("restartCount").intValue())
                .isEqualTo(3);
        assertThat(town.text("latestReadyRevisionName")).isEqualTo(NEW);
    }

    @Test
    void a_container_that_crashes_comes_back_with_a_count() {
        town.apps.crash(town.replicas(OLD).getFirst(), "jellyfin");
        assertThat(Json.text(town.container(OLD, "jellyfin"), "runningState")).isEqualTo("Waiting");
        assertThat(town.apps.request("jellyfin").ready()).isZero();
        town.advance(Duration.ofSeconds(14));
        assertThat(town.container(OLD, "jellyfin").path("ready").booleanValue()).isTrue();
        assertThat(town.container(OLD, "jellyfin").path("restartCount").intValue())
                .isEqualTo(1);
        assertThat(town.container(OLD, "restore-db").path("restartCount").intValue())
                .isZero();
    }

    @Test
    void an_app_falls_asleep_when_idle_and_a_request_wakes_it_with_another_replica() {
        var first = town.replicas(OLD).getFirst();
        town.advance(Duration.ofMinutes(3));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(3));
        assertThat(town.replicas(OLD)).containsExactly(first);
        town.advance(Duration.ofMinutes(3));
        assertThat(town.replicas(OLD)).isEmpty();
        assertThat(town.apps.request("jellyfin").ready()).isZero();
        town.advance(Duration.ofSeconds(9));
        assertThat(town.apps.request("jellyfin").ready()).isEqualTo(1);
        assertThat(town.replicas(OLD)).hasSize(1).doesNotContain(first);
    }

    @Test
    void an_app_without_ingress_can_not_be_woken_by_a_request() {
        town.patch("{\"properties\": {\"configuration\": {\"ingress\": null}}}");
        assertThatThrownBy(() -> town.apps.request("jellyfin")).hasMessageContaining("no ingress");
        town.advance(Duration.ofMinutes(10));
        assertThat(town.replicas(OLD)).isEmpty();
        town.apps.scale("jellyfin", 5);
        assertThat(town.replicas(OLD)).hasSize(1);
    }

    @Test
    void a_restart_makes_another_replica_before_the_old_one_goes() {
        var first = town.replicas(OLD).getFirst();
        town.client.post(Town.APP + "/revisions/" + OLD + "/restart");
        town.advance(Duration.ofSeconds(2));
        assertThat(town.replicas(OLD)).hasSize(2).contains(first);
        town.advance(Duration.ofMinutes(1));
        assertThat(town.replicas(OLD)).hasSize(1).doesNotContain(first);
    }

    @Test
    void an_inactive_revision_can_not_be_restarted_but_activated() {
        town.client.post(Town.APP + "/revisions/" + OLD + "/deactivate");
        town.advance(Duration.ofMinutes(1));
        assertThat(town.replicas(OLD)).isEmpty();
        assertThat(town.apps.request("jellyfin").revision()).isEmpty();
        assertThat(town.client.post(Town.APP + "/revisions/" + OLD + "/restart").status())
                .isEqualTo(400);
        assertThat(town.client
                        .post(Town.APP + "/revisions/" + OLD + "/activate")
                        .status())
                .isEqualTo(200);
        town.advance(Duration.ofMinutes(1));
        assertThat(town.apps.request("jellyfin").ready()).isEqualTo(1);
    }

    @Test
    void a_rollout_after_deactivation_waits_at_zero_for_its_first_start() {
        town.client.post(Town.APP + "/revisions/" + OLD + "/deactivate");
        town.advance(Duration.ofMinutes(1));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(1));
        assertThat(town.replicas(NEW)).isEmpty();
        assertThat(Json.text(town.revision(NEW), "runningState")).isEqualTo("ScaledToZero");
        town.apps.request("jellyfin");
        assertThat(town.replicas(NEW)).hasSize(1);
    }

    @Test
    void a_cold_start_that_fails_is_degraded_after_the_deadline_and_says_why() {
        town.advance(Duration.ofMinutes(10));
        town.apps.script(ContainerScript.of("restore-db").fails(ContainerScript.FOR_EVER, 4, "no blob"));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(4));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(4));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(3));
        var revision = town.revision(OLD);
        assertThat(Json.text(revision, "runningState")).isEqualTo("Degraded");
        assertThat(Json.text(revision, "runningStateDetails")).contains("Container crashing: restore-db");
    }

    @Test
    void a_replica_that_is_evicted_is_replaced() {
        var first = town.replicas(OLD).getFirst();
        town.apps.evict(first);
        assertThat(town.replicas(OLD)).hasSize(1).doesNotContain(first);
    }

    @Test
    void an_app_whose_replicas_are_all_ended_sleeps() {
        town.apps.endAll("jellyfin");
        town.apps.advance(Duration.ofMinutes(1));
        assertThat(town.apps.replicas("jellyfin").values()).allMatch(List::isEmpty);
    }

    @Test
    void a_containers_starts_are_counted_in_the_replicas_that_there_are() {
        assertThat(town.apps.starts("jellyfin", "jellyfin")).isEqualTo(1);
        town.apps.crash(
                town.apps.replicas("jellyfin").values().iterator().next().getFirst(), "jellyfin");
        assertThat(town.apps.starts("jellyfin", "jellyfin")).isEqualTo(1);
        town.apps.advance(Duration.ofMinutes(1));
        assertThat(town.apps.starts("jellyfin", "jellyfin")).isEqualTo(2);
        assertThat(town.apps.starts("jellyfin", "nobody")).isZero();
        town.apps.endAll("jellyfin");
        town.apps.advance(Duration.ofMinutes(1));
        assertThat(town.apps.starts("jellyfin", "jellyfin")).isZero();
    }

    @Test
    void a_replica_that_is_drained_is_replaced_only_when_it_is_gone() {
        var first = town.replicas(OLD).getFirst();
        town.apps.drain(first);
        assertThat(town.replicas(OLD)).containsExactly(first);
        town.advance(Duration.ofMinutes(2));
        assertThat(town.replicas(OLD)).hasSize(1).doesNotContain(first);
    }

    @Test
    void provisioning_that_fails_by_script_fails_the_operation_and_the_revision() {
        town.apps.fault(OperationFault.failing("ContainerAppOperationError", "no image", Duration.ofSeconds(20)));
        var begun = town.patch(town.newImage("jellyfin:11"));
        town.apps.script(ContainerScript.of("jellyfin").withoutEnd());
        town.advance(Duration.ofSeconds(25));
        assertThat(town.client.follow(begun.header("Location")).code()).isEqualTo("ContainerAppOperationError");
        assertThat(Json.text(town.revision(NEW), "provisioningError")).isEqualTo("no image");
    }

    @Test
    void an_operation_that_sticks_holds_the_lock_for_good() {
        town.apps.fault(OperationFault.stuck().of("jellyfin"));
        town.patch("{\"tags\": {\"a\": \"b\"}}");
        town.advance(Duration.ofDays(1));
        assertThat(town.text("runningStatus")).isEqualTo("Progressing");
        assertThat(town.patch("{\"tags\": {\"a\": \"c\"}}").status()).isEqualTo(409);
    }

    @Test
    void stopping_ends_every_replica_and_starting_brings_them_back() {
        town.client.post(Town.APP + "/stop");
        town.advance(Duration.ofSeconds(10));
        assertThat(town.text("runningStatus")).isEqualTo("Stopped");
        assertThat(town.replicas(OLD)).isEmpty();
        town.client.post(Town.APP + "/start");
        town.advance(Duration.ofSeconds(10));
        assertThat(town.text("runningStatus")).isEqualTo("Running");
        assertThat(town.replicas(OLD)).hasSize(1);
    }

    @Test
    void an_app_that_is_stopped_can_be_written_and_its_revision_is_provisioned_once_it_starts() {
        town.client.post(Town.APP + "/stop");
        town.advance(Duration.ofMinutes(1));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(20));
        assertThat(town.text("provisioningState")).isEqualTo("Succeeded");
        assertThat(town.text("latestReadyRevisionName")).isEqualTo(OLD);
        town.client.post(Town.APP + "/start");
        town.advance(Duration.ofMinutes(1));
        assertThat(town.text("latestReadyRevisionName")).isEqualTo(NEW);
        assertThat(town.replicas(OLD)).isEmpty();
    }

    @Test
    void in_multiple_mode_the_old_revision_goes_on() {
        town.patch("{\"properties\": {\"configuration\": {\"activeRevisionsMode\": \"multiple\"}}}");
        town.advance(Duration.ofSeconds(10));
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(1));
        assertThat(town.replicas(OLD)).hasSize(1);
        assertThat(town.replicas(NEW)).hasSize(1);
    }

    @Test
    void too_many_inactive_revisions_are_forgotten_the_oldest_first() {
        town.patch("{\"properties\": {\"configuration\": {\"maxInactiveRevisions\": 1}}}");
        for (var image : new String[] {"a", "b", "c"}) {
            town.advance(Duration.ofMinutes(1));
            town.patch(town.newImage(image));
        }
        town.advance(Duration.ofMinutes(1));
        assertThat(town.client.get(Town.APP + "/revisions/" + OLD).status()).isEqualTo(404);
        assertThat(town.client.get(Town.APP + "/revisions").json().path("value"))
                .hasSize(2);
    }

    @Test
    void however_seldom_it_is_asked_things_happen_at_their_own_time() {
        town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofDays(3));
        var operation = Json.objects(town.apps.state().path("operations")).getLast();
        assertThat(Json.text(operation, "endedAt"))
                .isEqualTo(Town.START.plusSeconds(60 + 8).toString());
    }
}
