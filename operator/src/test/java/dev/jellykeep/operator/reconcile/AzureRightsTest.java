package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.sandbox.containerapps.state.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The role that `infra/roles/operator.json` defines is enough for the operator, and no action of it is too many.
class AzureRightsTest {
    private static final Path ROLE = Path.of("..", "infra", "roles", "operator.json");

    @TempDir
    Path blobs;

    static Set<String> actions() throws IOException {
        Set<String> actions = new HashSet<>();
        new JsonMapper().readTree(ROLE.toFile()).path("Actions").forEach(each -> actions.add(each.asText()));
        assertThat(actions).hasSizeGreaterThan(5);
        return actions;
    }

    @Test
    void anOperatorWithItsRoleDoesAllItShould() throws IOException {
        try (Story story = new Story(actions())) {
            assertThat(story.tell()).as("the step that was not reached").isEmpty();
            assertThat(story.refused()).as("refused requests").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anOperatorWithoutOneOfItsActionsIsRefused(String action) throws IOException {
        Set<String> less = actions();
        less.remove(action);
        try (Story story = new Story(less)) {
            assertThat(story.tell()).as("the step that was not reached").isPresent();
            assertThat(story.refused()).as("refused requests").isNotEmpty();
        }
    }

    @Test
    void noActionCoversMoreThanItSays() throws IOException {
        assertThat(actions()).noneMatch(each -> each.contains("*"));
    }

    /// An app that is injected, and changed twice while somebody uses it; the second time Azure doesn't take the
    /// change.
    private final class Story implements AutoCloseable {
        private final Cluster cluster;
        private final BlobAgent agent;
        private final List<String> refused = new ArrayList<>();

        Story(Set<String> actions) {
            cluster = new Cluster(blobs, Cluster.usualApp(""), "");
            cluster.azure.principal("operator", new Caller("operator", "0bj", actions));
            agent = new BlobAgent(cluster);
        }

        /// The first step that was not reached, and what the policy says instead.
        Optional<String> tell() {
            if (!within(Duration.ofMinutes(10), this::settled, cluster::runFor)) {
                return Optional.of("injected: " + cluster.ready());
            }
            cluster.azure.request("jellyfin");
            agent.pass(Duration.ofMinutes(2));
            collect();
            cluster.edit("interval: 1h\nrollout: {strategy: Overlap}");
            if (!within(Duration.ofMinutes(20), () -> done("jellyfin") && settled())) {
                return Optional.of("changed: " + cluster.ready());
            }
            cluster.azure.fault(new Fault(
                    Set.of("PATCH"),
                    "",
                    Long.MAX_VALUE,
                    Optional.empty(),
                    Fault.answer(409, "ContainerAppOperationInProgress")));
            cluster.edit("interval: 2h\nrollout: {strategy: Recreate}");
            if (!within(Duration.ofMinutes(10), () -> done("deactivate"))) {
                return Optional.of("stopped: " + cluster.ready());
            }
            return within(Duration.ofMinutes(5), () -> done("activate"))
                    ? Optional.empty()
                    : Optional.of("given back: " + cluster.ready());
        }

        private boolean settled() {
            return cluster.reason("Ready").equals("True/Succeeded")
                    && cluster.reason("Injected").equals("True/UpToDate");
        }

        private boolean done(String action) {
            return cluster.writes().stream()
                    .anyMatch(each -> each.path().endsWith("/" + action) && each.status() < 300);
        }

        /// While somebody uses the app.
        private boolean within(Duration most, BooleanSupplier holds) {
            return within(most, holds, time -> {
                cluster.azure.request("jellyfin");
                agent.pass(time);
            });
        }

        private boolean within(Duration most, BooleanSupplier holds, Consumer<Duration> pass) {
            Instant end = cluster.azure.now().plus(most);
            while (!holds.getAsBoolean()) {
                if (cluster.azure.now().isAfter(end)) {
                    return false;
                }
                pass.accept(Duration.ofSeconds(20));
            }
            return true;
        }

        List<String> refused() {
            collect();
            return refused;
        }

        private void collect() {
            for (JournalEntry each : cluster.azure.journal()) {
                if (each.status() == 403) {
                    refused.add(each.method() + " " + each.path());
                }
            }
            cluster.azure.clearJournal();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
