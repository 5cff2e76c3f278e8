package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.replicas.Mappings;
import dev.jellykeep.scenarios.town.TownOptions;
import org.junit.jupiter.api.Test;

/// A machine that gives replicas neither mounts nor networks of their own.
class MappedTest extends Scenario {
    @Override
    protected TownOptions options(TownOptions usual) {
        return usual.with(Mappings.ALL);
    }

    @Test
    void a_backed_up_server_that_was_scaled_to_zero_comes_back_with_its_login_screen() {
        protectedApp();
        var _ = setUp();
        awaitArchives(1);
        var last = town.idle();
        assertThat(last).as("last commit").isPositive();
        assertThat(town.owner().status().path("state").asText()).isEqualTo("sealed");
        assertThat(assertLogin(3).lastCommitted()).as("last commit").isEqualTo(last);
    }
}
