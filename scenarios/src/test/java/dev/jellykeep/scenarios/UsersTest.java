package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.ReplicaProcess;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Agent and server under different users: whatever the agent brings back, the server can write.
@Tag("long")
class UsersTest extends Scenario {
    private static final AppTemplate AS_1000 = AppTemplate.official()
            .withImage("lscr.io/linuxserver/jellyfin:10.11.3")
            .withStandIn("--writes-per-second 0")
            .with("PUID", "1000")
            .with("PGID", "1000");

    @Test
    void a_server_and_an_agent_with_roots_rights_write_each_others_files() {
        protectedApp();
        assertGoesOnAfterAColdStart(Set.of(0));
    }

    @Test
    void a_server_without_roots_rights_can_write_what_an_agent_with_them_has_restored() {
        protectedApp(AS_1000, Policy.small());
        assertGoesOnAfterAColdStart(Set.of(0, 1000));
    }

    @Test
    void an_agent_without_roots_rights_saves_and_restores_what_is_its_own_users() {
        protectedApp(AS_1000, Policy.small().with("agent: {image: ghcr.io/jellykeep/agent:0.1.0-nonroot}"));
        assertGoesOnAfterAColdStart(Set.of(1000));
    }

    private void assertGoesOnAfterAColdStart(Set<Integer> users) {
        var _ = setUp();
        awaitArchives(1);
        town.idle();
        var server = town.server();
        server.createUser("user-4");
        assertThat(town.processes().stream()
                        .filter(process -> process.program().endsWith("/java"))
                        .map(ReplicaProcess::user)
                        .collect(Collectors.toSet()))
                .as("users of the agent and of the server")
                .isEqualTo(users);
        town.idle();
        assertLogin(4);
    }
}
