package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.cluster.MockKubernetes;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import org.junit.jupiter.api.Test;

/// `./demo --mock-kubernetes`: the operator as it is, which doesn't know that its Kubernetes is a mock.
class MockClusterTest extends Scenario {
    @Test
    void the_operator_looks_after_a_policy_in_a_mock_from_refusal_to_farewell() {
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        town.assignRoles();
        long _ = town.scaleToZero();
        try (var cluster = new Cluster(town, MockKubernetes.start(town.options()))) {
            cluster.startOperator();
            cluster.apply(Policy.small());
            cluster.await("Stalled", "ScopeDenied");

            cluster.applyScope();
            cluster.await("Injected", "UpToDate");
            assertThat(cluster.condition("Stalled"))
                    .as("what no longer holds is taken out of the status")
                    .isEmpty();

            cluster.requestBackup("now");
            Await.until(
                    "the request is answered",
                    Town.BOUND,
                    cluster::evidence,
                    () -> cluster.status().at("/requests/0/value").asText().equals("now"));
            cluster.deletePolicy();
        }
    }
}
