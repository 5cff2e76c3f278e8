package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who the agent is, and where it can be that.
class HostingTest {
    private static Plan plan(JsonNode app, @Nullable EnvironmentFacts environment) {
        return Planner.plan(Cases.input(app, Policies.spec(Cases.spec()), environment, null));
    }

    @Test
    void an_app_that_says_its_profile_is_judged_without_its_environment() {
        assertThat(plan(Cases.app(), null)).isInstanceOf(Plan.Patch.class);
        ObjectNode app = (ObjectNode) Cases.app();
        ((ObjectNode) app.path("properties")).put("workloadProfileName", "D4");
        assertThat(plan(app, null))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.first().reason())
                                .isEqualTo(RefusalReason.IDENTITY_HIDDEN_FROM_INIT));
    }

    @Test
    void an_app_that_says_no_profile_runs_on_consumption_where_there_are_profiles() {
        ObjectNode app = (ObjectNode) Cases.app();
        ((ObjectNode) app.path("properties")).putNull("workloadProfileName");
        assertThat(plan(app, Cases.CONSUMPTION)).isInstanceOf(Plan.Patch.class);
    }

    @Test
    void of_several_user_assigned_identities_none_is_guessed_and_the_system_assigned_one_is_taken() {
        ObjectNode app = (ObjectNode) Cases.app();
        ObjectNode identity = (ObjectNode) app.path("identity");
        identity.put("type", "SystemAssigned, UserAssigned");
        ((ObjectNode) identity.path("userAssignedIdentities"))
                .putObject("/pull")
                .put("clientId", "x");
        JsonNode injected = Arm.patch(app, Cases.patch(Cases.input(app)).body(), false);
        assertThat(Env.entry(Cases.ours(injected, Ours.AGENT), "AZURE_CLIENT_ID"))
                .isNull();
    }
}
