package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.arm.OperationHandle;
import dev.jellykeep.operator.arm.OperationState;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the adapter and an ARM have to agree on: for whatever plays ARM. It begins each test with one
/// app in an environment with workload profiles; the app has one secret and one active revision with one
/// running replica.
abstract class ContainerAppsApiContract {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private Arms arms;

    /// Address of ARM, on plain http.
    protected abstract URI endpoint();

    /// A token that it accepts.
    protected String token() {
        return Arms.TOKEN;
    }

    /// The app that is there.
    protected abstract AppResourceId app();

    protected abstract String environmentId();

    /// Values of the app's secrets.
    protected abstract List<String> secretValues();

    /// A patch that begins a rollout of the app as it is now.
    protected abstract JsonNode harmlessPatch(JsonNode app);

    /// A patch that ARM refuses with a code.
    protected abstract JsonNode refusedPatch(JsonNode app);

    /// From now on an operation is in progress on the app.
    protected abstract void busy();

    /// Called again and again while a test waits for something to happen in Azure.
    protected void letTimePass() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    /// The next replies are 429.
    protected abstract void throttle(int replies, Duration retryAfter);

    @BeforeEach
    void connect() {
        arms = new Arms(endpoint(), token(), ArmOptions.defaults());
    }

    @AfterEach
    void disconnect() {
        arms.close();
    }

    @Test
    void an_app_is_read_whole_but_for_its_secrets_values() {
        var app = found(arms.api.app(app()));

        assertThat(app.at("/properties/template/containers").size()).isPositive();
        assertThat(app.at("/properties/configuration/secrets").size()).isPositive();
        assertThat(secretValues()).isNotEmpty().noneMatch(app.toString()::contains);
    }

    @Test
    void an_app_that_is_not_there_is_absent_and_no_failure() {
        var other = AppResourceId.parse(app().value() + "-gone").orThrow();

        assertThat(arms.api.app(other))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.code()).isEqualTo("ResourceNotFound"));
        assertThat(arms.api.patch(other, harmlessPatch(found(arms.api.app(app())))))
                .isInstanceOf(WriteOutcome.Absent.class);
    }

    @Test
    void a_rollout_is_followed_by_a_handle_that_outlives_the_process() {
        var outcome = arms.api.patch(app(), harmlessPatch(found(arms.api.app(app()))));

        var handle = handle(outcome);
        try (var other = new Arms(endpoint(), token(), ArmOptions.defaults())) {
            assertThat(ended(other, handle)).isEqualTo(new OperationState.Succeeded());
        }
    }

    @Test
    void a_second_writer_is_told_to_wait_and_not_tried_again() {
        var patch = harmlessPatch(found(arms.api.app(app())));
        busy();

        assertThat(arms.api.patch(app(), patch)).isInstanceOfSatisfying(WriteOutcome.Busy.class, busy -> {
            assertThat(busy.code()).isEqualTo("ContainerAppOperationInProgress");
            assertThat(busy.retryAfter()).isPositive();
        });
        assertThat(arms.time.pauses).isEmpty();
    }

    @Test
    void a_refused_patch_says_why() {
        assertThat(arms.api.patch(app(), refusedPatch(found(arms.api.app(app())))))
                .isInstanceOfSatisfying(WriteOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.code()).isNotEmpty();
                    assertThat(rejected.message()).isNotEmpty();
                });
    }

    @Test
    void a_throttled_read_waits_as_long_as_it_is_told() {
        throttle(1, Duration.ofSeconds(7));

        assertThat(arms.api.app(app())).isInstanceOf(Reading.Found.class);
        assertThat(arms.time.pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void revisions_come_with_their_states() {
        assertThat(found(arms.api.revisions(app())))
                .filteredOn(Revision::active)
                .singleElement()
                .satisfies(revision -> {
                    assertThat(revision.name()).contains("--");
                    assertThat(revision.created()).isNotNull();
                    assertThat(revision.replicas()).isEqualTo(1);
                    assertThat(revision.provisioningState()).isEqualTo("Provisioned");
                    assertThat(revision.healthState()).isEqualTo("Healthy");
                    assertThat(revision.runningState()).startsWith("Running");
                });
    }

    @Test
    void replicas_come_with_their_containers() {
        assertThat(found(arms.api.replicas(app(), activeRevision())))
                .singleElement()
                .satisfies(replica -> {
                    assertThat(replica.name()).isNotEmpty();
                    assertThat(replica.created()).isNotNull();
                    assertThat(replica.runningState()).isEqualTo("Running");
                    assertThat(replica.containers()).isNotEmpty().allSatisfy(container -> {
                        assertThat(container.ready()).isTrue();
                        assertThat(container.runningState()).isEqualTo("Running");
                    });
                });
    }

    @Test
    void a_deactivated_revision_can_be_activated_again() {
        var revision = activeRevision();

        assertThat(arms.api.deactivate(app(), revision)).isEqualTo(new WriteOutcome.Done());
        assertThat(found(arms.api.revisions(app())))
                .noneMatch(each -> each.name().equals(revision) && each.active());
        assertThat(arms.api.activate(app(), revision)).isEqualTo(new WriteOutcome.Done());
        assertThat(found(arms.api.revisions(app())))
                .anyMatch(each -> each.name().equals(revision) && each.active());
    }

    @Test
    void a_revision_that_is_not_there_is_absent() {
        assertThat(arms.api.deactivate(app(), "jellyfin--nothere")).isInstanceOf(WriteOutcome.Absent.class);
        assertThat(arms.api.restart(app(), "jellyfin--nothere")).isInstanceOf(WriteOutcome.Absent.class);
        assertThat(arms.api.replicas(app(), "jellyfin--nothere")).isInstanceOf(Reading.Absent.class);
    }

    @Test
    void an_environment_tells_its_workload_profiles() {
        assertThat(found(arms.api.environment(environmentId())).workloadProfiles())
                .anySatisfy(profile -> assertThat(profile.type()).isEqualTo("Consumption"));
    }

    private String activeRevision() {
        return found(arms.api.revisions(app())).stream()
                .filter(Revision::active)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private OperationState ended(Arms by, OperationHandle handle) {
        var end = System.nanoTime() + BOUND.toNanos();
        while (true) {
            var state = by.api.operation(app(), handle);
            if (!(state instanceof OperationState.Running)) {
                return state;
            }
            assertThat(System.nanoTime())
                    .as("the operation has ended within " + BOUND)
                    .isLessThan(end);
            letTimePass();
        }
    }

    static OperationHandle handle(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Accepted.class);
        return Objects.requireNonNull(((WriteOutcome.Accepted) outcome).operation(), "a handle");
    }

    static <T> T found(Reading<T> reading) {
        assertThat(reading).isInstanceOf(Reading.Found.class);
        return ((Reading.Found<T>) reading).value();
    }
}
