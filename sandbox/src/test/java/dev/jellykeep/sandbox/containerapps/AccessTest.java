package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import dev.jellykeep.sandbox.containerapps.state.Caller;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may call, and who may read blobs.
class AccessTest {
    private static final String ACCOUNT = Town.GROUP
            + "/providers/Microsoft.Storage/storageAccounts/stfamily/blobServices/default/containers/backups";
    private static final String ROLE = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void a_call_without_a_token_is_refused() {
        var uri = URI.create(town.apps.uri() + Town.APP + "?api-version=2025-07-01");
        var answer = town.client.exchange(HttpRequest.newBuilder(uri).GET().build());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
    }

    @Test
    void a_principal_may_do_what_its_role_file_says_and_nothing_else() {
        town.apps.principal(
                "operator",
                new Caller(
                        "operator",
                        "0bj",
                        Set.of(
                                "Microsoft.App/containerApps/read",
                                "microsoft.app/containerapps/write",
                                "Microsoft.App/managedEnvironments/join/action",
                                "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
                                "Microsoft.App/containerApps/revisions/*/read")));
        var operator = town.client.as("operator");
        assertThat(operator.get(Town.APP).status()).isEqualTo(200);
        assertThat(operator.patch(Town.APP, "{\"tags\": {\"a\": \"b\"}}").status())
                .isEqualTo(202);
        assertThat(Json.text(operator.get(Town.APP).json(), "systemData", "lastModifiedBy"))
                .isEqualTo("operator");
        assertThat(operator.get(Town.APP + "/revisions/jellyfin--0000001/replicas")
                        .status())
                .isEqualTo(200);
        var refused = operator.post(Town.APP + "/listSecrets");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("AuthorizationFailed");
        assertThat(refused.json().at("/error/message").textValue())
                .contains("'Microsoft.App/containerApps/listSecrets/action'", "object id '0bj'");
        assertThat(town.client.as("token").get(Town.APP).status()).isEqualTo(401);
    }

    @Test
    void assigning_an_identity_and_joining_an_environment_are_rights_of_their_own() {
        town.apps.principal("writer", new Caller("writer", "1", Set.of("Microsoft.App/containerApps/*")));
        town.apps.principal(
                "joiner",
                new Caller("joiner", "2", Set.of("Microsoft.App/*", "Microsoft.App/managedEnvironments/join/action")));
        var identity = "{\"identity\": {\"type\": \"UserAssigned\", \"userAssignedIdentities\": {\"" + Town.IDENTITY
                + "\": {}}}}";
        assertThat(town.client.as("writer").patch(Town.APP, identity).code()).isEqualTo("LinkedAuthorizationFailed");
        assertThat(town.client
                        .as("joiner")
                        .patch(Town.APP, "{\"tags\": {\"a\": \"b\"}}")
                        .json()
                        .at("/error/message")
                        .textValue())
                .as("a patch of an app that has an identity")
                .contains("userAssignedIdentities/assign/action", Town.IDENTITY);
        var body = Town.body();
        body.remove("identity");
        assertThat(town.client.as("writer").put(Town.APP + "2", body.toString()).status())
                .isEqualTo(403);
        assertThat(town.client.as("joiner").put(Town.APP + "2", body.toString()).status())
                .isEqualTo(201);
    }

    @Test
    void a_role_that_is_withdrawn_no_longer_counts_and_others_stay() {
        town.apps.assign("p1", ROLE, ACCOUNT, Duration.ZERO);
        town.apps.assign("p2", ROLE, ACCOUNT, Duration.ZERO);
        town.apps.withdraw("p1", ROLE, ACCOUNT);
        assertThat(town.apps.holds("p1", ROLE, ACCOUNT)).isFalse();
        assertThat(town.apps.holds("p2", ROLE, ACCOUNT)).isTrue();
        town.apps.assign("p1", ROLE, ACCOUNT, Duration.ZERO);
        assertThat(town.apps.holds("p1", ROLE, ACCOUNT)).isTrue();
    }

    @Test
    void an_identity_holds_a_role_from_its_assignment_on_and_only_below_its_scope() {
        var principal = AssignedIdentities.principalId(Town.IDENTITY);
        assertThat(town.client
                        .get(Town.APP)
                        .json()
                        .path("identity")
                        .path("userAssignedIdentities")
                        .path(Town.IDENTITY))
                .hasToString("{\"principalId\":\"" + principal + "\",\"clientId\":\""
                        + AssignedIdentities.clientId(Town.IDENTITY) + "\"}");
        town.apps.change(
                settings -> settings.with(settings.timings().with(Span.ROLE_PROPAGATION, Duration.ofMinutes(5))));
        var roles = town.client.under("2022-04-01");
        var id = ACCOUNT + "/providers/Microsoft.Authorization/roleAssignments/5b0c8a4e-0000-4000-8000-000000000001";
        var body = "{\"properties\": {\"principalId\": \"" + principal + "\", \"roleDefinitionId\":"
                + " \"/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/" + ROLE + "\"}}";
        assertThat(roles.put(id, body).status()).isEqualTo(201);
        assertThat(roles.put(id, body).status()).isEqualTo(200);
        assertThat(roles.put(id.replace("0001", "0002"), body).code()).isEqualTo("RoleAssignmentExists");
        assertThat(roles.get(id).status()).isEqualTo(200);
        assertThat(town.apps.holds(principal, ROLE, ACCOUNT)).isFalse();
        town.advance(Duration.ofMinutes(5));
        assertThat(town.apps.holds(principal, ROLE, ACCOUNT)).isTrue();
        assertThat(town.apps.holds(principal, ROLE, ACCOUNT + "2")).isFalse();
        assertThat(town.apps.holds(principal, ROLE, Town.GROUP)).isFalse();
        var list = roles.get(ACCOUNT + "/providers/Microsoft.Authorization/roleAssignments?$filter=principalId%20eq%20'"
                + principal + "'");
        assertThat(list.json().path("value")).hasSize(1);
        assertThat(Json.text(
                        town.client
                                .steer(
                                        "GET",
                                        "authorized?principalId=" + principal + "&role=" + ROLE + "&scope=" + ACCOUNT,
                                        "")
                                .json(),
                        "holds"))
                .isEqualTo("true");
        assertThat(roles.delete(id).status()).isEqualTo(200);
        assertThat(town.apps.holds(principal, ROLE, ACCOUNT)).isFalse();
    }

    @Test
    void request_ids_come_back_as_they_were_sent() {
        var uri = URI.create(town.apps.uri() + Town.APP + "?api-version=2025-07-01");
        var answer = town.client.exchange(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer x")
                .header("x-ms-correlation-request-id", "correlated")
                .header("x-ms-client-request-id", "mine")
                .GET()
                .build());
        assertThat(answer.header("x-ms-correlation-request-id")).isEqualTo("correlated");
        assertThat(answer.header("x-ms-client-request-id")).isEqualTo("mine");
        assertThat(answer.header("x-ms-request-id")).isNotEmpty();
    }
}
