package dev.jellykeep.scenarios;

import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.cluster.RealKubernetes;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A town that an operator in a real cluster looks after.
abstract class ClusterScenario extends Scenario {
    /// One `drift.checkInterval`, and what a look takes.
    static final Duration ONE_CHECK = Duration.ofSeconds(90);

    static final Policy POLICY = Policy.small().with("drift: {checkInterval: 1m}");

    Cluster cluster;
    RealKubernetes kubernetes;

    @BeforeEach
    void startCluster() {
        kubernetes = RealKubernetes.start(town.options(), binaries());
        cluster = new Cluster(town, kubernetes);
        cluster.startOperator();
        cluster.applyScope();
    }

    private static Binaries binaries() {
        return switch (Binaries.find(System.err::println)) {
            case Binaries.Ready(var found) -> found;
            case Binaries.Missing(var why) -> {
                require(Optional.of(why));
                throw new IllegalStateException(why);
            }
        };
    }

    @AfterEach
    void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    void deployAsleep() {
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        long _ = town.scaleToZero();
    }

    /// A server that is set up and has two archives.
    void protectedServer() {
        deployAsleep();
        town.assignRoles();
        cluster.apply(POLICY);
        cluster.await("Injected", "UpToDate");
        var _ = setUp();
        awaitArchives(1);
        cluster.requestBackup("first");
        cluster.awaitStatus("Protected", "True", Town.BOUND);
    }
}
