package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.scenarios.Scenario;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.cluster.MockKubernetes;
import dev.jellykeep.scenarios.town.TownOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A life of rollouts alone, with replicas that run and a server that is in use.
class RolloutsTest extends Scenario {
    @Override
    protected TownOptions options(TownOptions usual) {
        return Home.hurried(usual);
    }

    @Test
    void an_edit_of_the_policy_loses_nothing_by_whatever_strategy_it_is_rolled_out() {
        try (var cluster = new Cluster(town, MockKubernetes.start(town.options()))) {
            cluster.startOperator();
            var life = new Life(new Home(town, cluster), 6);
            life.begin("rollouts");
            List.of(Move.EDIT_WHEN_IDLE, Move.EDIT_RECREATE, Move.EDIT_OVERLAP).forEach(life::take);
            life.end();
        }
    }
}
