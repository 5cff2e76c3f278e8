package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.sandbox.demo.Trees;
import dev.jellykeep.sandbox.standin.StandInClient;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Programs;
import dev.jellykeep.scenarios.town.Town;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A town for each test. Its logs stay below `target/scenarios/` where the test fails.
public abstract class Scenario {
    private static final Path KEPT = Path.of("target/scenarios");

    @RegisterExtension
    final KeepLogs keepLogs = new KeepLogs(KEPT);

    protected Town town;

    @BeforeEach
    void open(TestInfo test) throws IOException {
        var usual = TownOptions.of(Programs.repository(), KEPT);
        require(Town.missing(options(usual).mappings()));
        require(Programs.missing(Programs.repository()));
        var folder =
                KEPT.toAbsolutePath().resolve(test.getTestMethod().orElseThrow().getName());
        Trees.delete(folder);
        Files.createDirectories(folder);
        keepLogs.of(folder);
        town = Town.open(options(TownOptions.of(Programs.repository(), folder)));
    }

    @AfterEach
    void close() {
        if (town != null) {
            town.close();
        }
    }

    /// How the town differs from the usual one.
    protected TownOptions options(TownOptions usual) {
        return usual;
    }

    /// Aborts on a laptop, fails in CI.
    static void require(Optional<String> missing) {
        missing.ifPresent(why -> {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(why);
            }
            System.err.println("SKIPPED, since a town can't be made here: " + why);
            abort(why);
        });
    }

    /// A protected app at zero replicas, whose server nobody has set up.
    void protectedApp() {
        protectedApp(AppTemplate.official().withStandIn("--writes-per-second 0"), Policy.small());
    }

    void protectedApp(AppTemplate template, Policy policy) {
        town.deploy(template);
        town.assignRoles();
        town.scaleToZero();
        town.protect(policy);
    }

    /// Starts the server and sets it up: three users and a library.
    StandInClient setUp() {
        var server = town.server();
        server.completeWizard("admin");
        server.createUser("user-2");
        server.createUser("user-3");
        server.growLibrary(2);
        return server;
    }

    void awaitArchives(int atLeast) {
        Await.until(
                "there are " + atLeast + " archives",
                Town.BOUND,
                town::evidence,
                () -> town.owner().archives().size() >= atLeast);
    }

    void awaitRestoreSays(String words) {
        Await.until(
                "restore says '" + words + "'",
                Town.BOUND,
                town::evidence,
                () -> town.console("jellykeep-restore").contains(words));
    }

    /// The server as its family knows it.
    StandInFacts assertLogin(int users) {
        var server = town.server();
        assertThat(server.get("/web/")).as("what the browser shows").contains("login");
        var facts = server.facts();
        assertThat(facts.wizardCompleted()).as("wizard completed").isTrue();
        assertThat(facts.users()).as("users").isEqualTo(users);
        assertThat(facts.administrators()).as("administrators").isEqualTo(1);
        assertThat(facts.items()).as("items").isPositive();
        assertThat(facts.sumHolds()).as("no write is torn").isTrue();
        return facts;
    }
}
