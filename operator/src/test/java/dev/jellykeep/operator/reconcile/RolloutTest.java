package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A template that changes while somebody uses the app, told by what arrives in Azure and in Blob, and when.
class RolloutTest {
    private static final String RECREATE = "interval: 1h\nrollout: {strategy: Recreate}";
    private static final Duration STEP = Duration.ofSeconds(5);

    @TempDir
    Path blobs;

    /// Injected, and in use.
    private final class Stage implements AutoCloseable {
        final Cluster cluster;
        final BlobAgent agent;

        Stage(String spec) {
            cluster = new Cluster(blobs, Cluster.usualApp(""), spec);
            cluster.runUntil(
                    Duration.ofMinutes(10), each -> each.reason("Ready").equals("True/Succeeded"));
            cluster.azure.request("jellyfin");
            agent = new BlobAgent(cluster);
            agent.pass(Duration.ofMinutes(2));
            assertThat(agent.holds()).as("a replica runs").isTrue();
            cluster.azure.clearJournal();
            cluster.notes.clear();
        }

        /// Lets time pass while somebody uses the app.
        void used(Duration time) {
            for (long minute = 0; minute < time.toMinutes(); minute++) {
                cluster.azure.request("jellyfin");
                agent.pass(Duration.ofMinutes(1));
            }
        }

        /// Until something has arrived in Azure so often.
        Instant until(String write, int times, Duration most) {
            Instant end = cluster.azure.now().plus(most);
            while (count(write) < times) {
                assertThat(cluster.azure.now())
                        .as("no %s within %s; it says %s; writes %s", write, most, cluster.ready(), writes())
                        .isBefore(end);
                cluster.azure.request("jellyfin");
                agent.pass(STEP);
            }
            return time(write);
        }

        long count(String write) {
            return writes().stream().filter(write::equals).count();
        }

        /// A look may find Azure slow.
        void says(String type, String reason) {
            Instant end = cluster.azure.now().plus(Duration.ofMinutes(5));
            while (!cluster.reason(type).equals(reason)) {
                assertThat(cluster.azure.now())
                        .as("no %s %s; it says %s", type, reason, cluster.ready())
                        .isBefore(end);
                cluster.azure.request("jellyfin");
                agent.pass(STEP);
            }
        }

        List<String> writes() {
            return cluster.writes().stream().map(RolloutTest::name).toList();
        }

        Instant time(String write) {
            return cluster.writes().stream()
                    .filter(each -> name(each).equals(write))
                    .map(JournalEntry::time)
                    .findFirst()
                    .orElseThrow();
        }

        List<String> said() {
            return cluster.notes.stream().map(note -> note.reason()).toList();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    private static String name(JournalEntry write) {
        return write.method().equals("PATCH") ? "PATCH" : write.path().replaceFirst(".*/", "");
    }

    @Test
    void a_server_in_use_is_saved_and_sealed_before_its_template_changes() {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("PATCH", 1, Duration.ofMinutes(5));
            assertThat(stage.writes()).containsExactly("deactivate", "PATCH");
            assertThat(stage.agent.savedBeforeRollout).isBeforeOrEqualTo(stage.time("deactivate"));
            assertThat(stage.agent.sealed)
                    .isAfterOrEqualTo(stage.time("deactivate"))
                    .isBeforeOrEqualTo(stage.time("PATCH"));
            stage.agent.pass(Duration.ofMinutes(5));
            assertThat(stage.cluster.ready()).startsWith("True");
            assertThat(stage.said())
                    .contains("RevisionStopped", "TemplatePatched")
                    .doesNotContain("SealMissing", "RolloutReturned");
            stage.cluster.azure.clearJournal();
            stage.agent.pass(Duration.ofMinutes(30));
            assertThat(stage.writes()).as("writes of a steady state").isEmpty();
        }
    }

    @Test
    void an_operator_that_is_restarted_after_each_step_writes_no_more() {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            Instant end = stage.cluster.azure.now().plus(Duration.ofMinutes(5));
            while (stage.count("PATCH") == 0 && stage.cluster.azure.now().isBefore(end)) {
                stage.cluster.restart();
                stage.agent.pass(STEP);
            }
            assertThat(stage.writes()).containsExactly("deactivate", "PATCH");
            assertThat(stage.agent.sealed).isBeforeOrEqualTo(stage.time("PATCH"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 45, 600})
    void killed_between_the_two_calls_of_recreate_the_next_leader_finishes_within_a_minute(int seconds) {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("deactivate", 1, Duration.ofMinutes(3));
            stage.cluster.leads = false;
            stage.agent.pass(Duration.ofSeconds(seconds));
            assertThat(stage.writes()).as("of who no longer leads").containsExactly("deactivate");
            stage.cluster.restart();
            stage.cluster.leads = true;
            Instant begin = stage.cluster.azure.now();
            stage.until("PATCH", 1, Duration.ofMinutes(2));
            assertThat(Duration.between(begin, stage.time("PATCH"))).isLessThanOrEqualTo(Duration.ofSeconds(60));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 503})
    void users_get_their_server_back_where_azure_does_not_take_the_template_for_a_minute(int status) {
        try (Stage stage = new Stage("")) {
            stage.cluster.azure.fault(new Fault(
                    Set.of("PATCH"),
                    "",
                    Long.MAX_VALUE,
                    Optional.empty(),
                    Fault.answer(status, "ContainerAppOperationInProgress")));
            stage.cluster.edit(RECREATE);
            Instant refused = stage.until("PATCH", 1, Duration.ofMinutes(5));
            Instant back = stage.until("activate", 1, Duration.ofMinutes(3));
            assertThat(Duration.between(refused, back)).isLessThan(Duration.ofMinutes(2));
            stage.cluster.azure.clearFaults();
            stage.used(Duration.ofMinutes(50));
            assertThat(stage.count("deactivate")).isOne();
            assertThat(stage.agent.holds()).as("a replica serves").isTrue();
            stage.says("Reconciling", "True/RolloutReturned");
            assertThat(stage.said()).contains("RolloutReturned").doesNotContain("TemplatePatched");
            stage.until("deactivate", 2, Duration.ofMinutes(20));
            stage.agent.pass(Duration.ofMinutes(2));
            assertThat(stage.cluster.ready()).startsWith("True");
        }
    }

    @Test
    void a_template_that_azure_never_takes_costs_users_their_server_once() {
        try (Stage stage = new Stage("")) {
            stage.cluster.azure.fault(new Fault(
                    Set.of("PATCH"), "", Long.MAX_VALUE, Optional.empty(), Fault.answer(400, "InvalidTemplate")));
            stage.cluster.edit(RECREATE);
            stage.until("activate", 1, Duration.ofMinutes(5));
            stage.used(Duration.ofMinutes(75));
            assertThat(stage.writes()).containsExactly("deactivate", "PATCH", "activate");
            stage.says("Stalled", "True/RolloutReturned");
        }
    }

    @Test
    void an_agent_that_has_gone_quiet_is_not_stopped_with_what_it_holds() {
        try (Stage stage = new Stage("")) {
            stage.agent.works = false;
            stage.cluster.edit(RECREATE);
            stage.used(Duration.ofMinutes(15));
            assertThat(stage.writes()).isEmpty();
            stage.says("Stalled", "True/PreRolloutBackupUnanswered");
            stage.agent.works = true;
            stage.until("PATCH", 1, Duration.ofMinutes(5));
            assertThat(stage.agent.savedBeforeRollout).isBeforeOrEqualTo(stage.time("deactivate"));
        }
    }

    @Test
    void a_replica_that_ends_without_a_seal_is_told_and_replaced() {
        try (Stage stage = new Stage("")) {
            stage.agent.seals = false;
            stage.cluster.edit(RECREATE);
            stage.until("PATCH", 1, Duration.ofMinutes(10));
            assertThat(Duration.between(stage.time("deactivate"), stage.time("PATCH")))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(150));
            assertThat(stage.said()).contains("SealMissing");
        }
    }

    @Test
    void an_overlap_begins_with_a_backup() {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit("interval: 1h\nrollout: {strategy: Overlap}");
            stage.until("PATCH", 1, Duration.ofMinutes(3));
            assertThat(stage.writes()).containsExactly("PATCH");
            assertThat(Objects.requireNonNull(stage.agent.savedBeforeRollout)).isBeforeOrEqualTo(stage.time("PATCH"));
        }
    }

    @Test
    void a_policy_that_changes_its_mind_leaves_nobody_stopped() {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("deactivate", 1, Duration.ofMinutes(3));
            stage.cluster.edit("mode: Plan");
            stage.until("activate", 1, Duration.ofMinutes(2));
            stage.agent.pass(Duration.ofMinutes(5));
            assertThat(stage.writes()).containsExactly("deactivate", "activate");
            assertThat(stage.agent.holds()).as("a replica serves").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_policy_that_is_deleted_half_way_leaves_nobody_stopped(boolean anotherOperator) {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("deactivate", 1, Duration.ofMinutes(3));
            if (anotherOperator) {
                stage.cluster.restart();
            }
            Instant deleted = stage.cluster.azure.now();
            for (int step = 0; step < 20 && !stage.cluster.farewell(deleted); step++) {
                stage.cluster.azure.advance(Duration.ofSeconds(15));
            }
            assertThat(stage.writes()).containsExactly("deactivate", "activate");
            assertThat(stage.said()).contains("InjectionLeftInPlace");
            stage.cluster.azure.request("jellyfin");
            stage.cluster.azure.advance(Duration.ofMinutes(2));
            assertThat(stage.cluster.azure.replicas("jellyfin").values())
                    .as("a replica serves")
                    .anyMatch(each -> !each.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_operator_that_cannot_reach_blob_any_more_leaves_nobody_stopped(boolean anotherOperator) {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("deactivate", 1, Duration.ofMinutes(3));
            stage.cluster.blobAway = true;
            if (anotherOperator) {
                stage.cluster.restart();
            }
            stage.until("activate", 1, Duration.ofMinutes(4));
            stage.used(Duration.ofMinutes(20));
            assertThat(stage.writes()).containsExactly("deactivate", "activate");
            assertThat(stage.agent.holds()).as("a replica serves").isTrue();

            stage.cluster.blobAway = false;
            // as after any rollout that was given up
            stage.until("PATCH", 1, Duration.ofMinutes(90));
            assertThat(stage.writes()).containsExactly("deactivate", "activate", "deactivate", "PATCH");
            assertThat(Objects.requireNonNull(stage.agent.sealed)).isBeforeOrEqualTo(stage.time("PATCH"));
        }
    }

    @Test
    void an_operator_that_is_blind_for_a_moment_finishes_what_it_began() {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("deactivate", 1, Duration.ofMinutes(3));
            stage.cluster.blobAway = true;
            stage.agent.pass(Duration.ofSeconds(20));
            stage.cluster.blobAway = false;
            stage.until("PATCH", 1, Duration.ofMinutes(10));
            stage.used(Duration.ofMinutes(2));
            assertThat(stage.agent.holds()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_scope_that_is_withdrawn_half_way_says_who_is_stopped_and_touches_nothing(boolean deleted) {
        try (Stage stage = new Stage("")) {
            stage.cluster.edit(RECREATE);
            stage.until("deactivate", 1, Duration.ofMinutes(3));
            String revision = Objects.requireNonNull(
                    Objects.requireNonNull(stage.cluster.status().injection()).stopped());
            List<Scope> before = stage.cluster.scopes;
            stage.cluster.scopes = List.of();
            String command = "az containerapp revision activate --revision " + revision
                    + " --resource-group media --name jellyfin";
            if (deleted) {
                assertThat(stage.cluster.farewell(stage.cluster.azure.now())).isTrue();
                assertThat(stage.cluster.notes.getLast().message()).contains(command);
            } else {
                stage.cluster.restart();
                stage.agent.pass(Duration.ofMinutes(20));
                assertThat(stage.cluster.ready()).contains(command);
                assertThat(stage.writes()).containsExactly("deactivate");
                stage.cluster.scopes = before;
                stage.until("PATCH", 1, Duration.ofMinutes(30));
                stage.used(Duration.ofMinutes(2));
                assertThat(Objects.requireNonNull(stage.cluster.status().injection())
                                .stopped())
                        .isNull();
            }
        }
    }

    @Test
    void an_app_that_our_change_broke_gets_back_what_worked_once() {
        try (Stage stage = new Stage("")) {
            stage.cluster.azure.scale("jellyfin", 0);
            stage.agent.pass(Duration.ofMinutes(3));
            stage.agent.works = false;
            stage.cluster.azure.on(Quirk.REPLICA_ON_EVERY_ROLLOUT);
            stage.cluster.azure.script(
                    ContainerScript.of("jellykeep-restore").fails(ContainerScript.FOR_EVER, 1, "no such image"));
            stage.cluster.edit("interval: 1h");
            Instant end = stage.cluster.azure.now().plus(Duration.ofMinutes(40));
            while (stage.count("PATCH") < 2 && stage.cluster.azure.now().isBefore(end)) {
                stage.agent.pass(Duration.ofSeconds(20));
            }
            assertThat(stage.said()).contains("RolloutFailed", "RolledBack");
            assertThat(stage.cluster
                            .azure
                            .get(Cluster.APP)
                            .at("/properties/template")
                            .toString())
                    .as("the interval that was asked for")
                    .doesNotContain("JELLYKEEP_INTERVAL");
            stage.cluster.azure.script(ContainerScript.of("jellykeep-restore"));
            stage.cluster.restart();
            for (int minute = 0; minute < 20; minute++) {
                stage.cluster.azure.request("jellyfin");
                stage.cluster.runFor(Duration.ofMinutes(1));
            }
            assertThat(stage.count("PATCH")).as("nothing is sent again").isEqualTo(2);
            stage.says("Stalled", "True/RolledBack");
            assertThat(stage.cluster.condition("Remediated")).isPresent();
        }
    }

    @Test
    void no_more_apps_than_allowed_change_at_once() {
        try (Stage stage = new Stage("")) {
            stage.cluster.maxRollouts = 0;
            stage.cluster.restart();
            stage.cluster.edit(RECREATE);
            stage.agent.pass(Duration.ofMinutes(5));
            assertThat(stage.writes()).isEmpty();
            stage.says("Reconciling", "True/WaitingForTurn");
            stage.cluster.maxRollouts = 1;
            stage.cluster.restart();
            stage.until("PATCH", 1, Duration.ofMinutes(5));
        }
    }
}
