package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.OperatorProgram;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import org.junit.jupiter.api.Test;

/// What `kubectl get jbp` says while others change what is on Azure.
class OperatorTest extends ClusterScenario {
    @Test
    void a_missing_role_is_named_with_the_command_that_assigns_it() {
        deployAsleep();
        town.assignRole(OperatorProgram.PRINCIPAL);
        // the restore tries for so long before the platform sees it fail
        cluster.apply(POLICY.with("restore: {timeout: 15s}"));
        cluster.await("Injected", "UpToDate");

        var visit = town.visit(server -> server.get("/web/"));
        cluster.awaitStatus("RestoreFailing", "True", Town.BOUND.plus(ONE_CHECK));
        var described = kubernetes.kubectl().run("describe", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE);
        assertThat(described)
                .contains("403")
                .contains("jellyfin-backup")
                .contains("az role assignment create")
                .contains(town.backupPrincipal());
        assertThat(cluster.condition("Protected").orElseThrow().status()).isEqualTo("False");

        town.assignRole(town.backupPrincipal());
        assertThat(visit.join()).contains("setup wizard");
        Await.until(
                "the condition is gone",
                ONE_CHECK,
                cluster::evidence,
                () -> cluster.condition("RestoreFailing").isEmpty());
    }

    @Test
    void a_second_replica_that_somebody_allows_is_told_within_one_check() {
        protectedServer();
        town.patchBySomebodyElse(
                "{\"properties\": {\"template\": {\"scale\": {\"minReplicas\": 0, \"maxReplicas\": 5}}}}");
        cluster.awaitStatus("Protected", "False", ONE_CHECK);
        assertThat(cluster.condition("Protected").orElseThrow().message()).contains("maxReplicas");
    }

    @Test
    void a_deployment_that_drops_the_injection_is_put_back_while_the_app_sleeps() {
        protectedServer();
        long _ = town.idle();
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        Await.until("our containers are back", ONE_CHECK, cluster::evidence, this::injected);
        assertLogin(3);
    }

    @Test
    void a_deployment_that_drops_the_injection_of_a_running_app_is_told_and_put_back_once_it_sleeps() {
        protectedServer();
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        cluster.awaitStatus("Protected", "False", ONE_CHECK);
        assertThat(town.server().get("/web/")).as("a revision without restore").contains("setup wizard");
        long _ = town.scaleToZero();
        Await.until("our containers are back", ONE_CHECK.plus(ONE_CHECK), cluster::evidence, this::injected);
        assertLogin(3);
        cluster.awaitStatus("Protected", "True", Town.BOUND);
    }

    private boolean injected() {
        return town.azure()
                .apps()
                .get(Ids.APP)
                .at("/properties/template/initContainers/0/name")
                .asText()
                .equals("jellykeep-restore");
    }
}
