package dev.jellykeep.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.SandboxClock;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identities;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.fixture.Ports;
import dev.jellykeep.sandbox.identity.Tokens.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdentityTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String STORAGE = "https://storage.azure.com";
    private static final Identity USER = new Identity("/subscriptions/s/userAssignedIdentities/backup", "c-1", "p-1");
    private static final Identity OWN = new Identity("system", "c-2", "p-2");

    private final SandboxClock clock = SandboxClock.standing(START);
    private final SandboxClock machine = SandboxClock.standing(START);
    private final Tokens tokens = new Tokens(machine, new byte[32]);
    private final IdentityEndpoints endpoints =
            new IdentityEndpoints(InetAddress.getLoopbackAddress(), tokens, clock, new Random(42));

    @AfterEach
    void close() {
        endpoints.close();
    }

    @Test
    void a_container_gets_a_token_of_its_identity_and_of_no_other() throws Exception {
        var variables = variables(order("r1", List.of(), List.of(USER, OWN)), "jellykeep-agent", false);
        var token = ask(variables, "&client_id=c-1");
        assertThat(token.statusCode()).isEqualTo(200);
        var body = Json.object(token.body());
        assertThat(Json.text(body, "token_type")).isEqualTo("Bearer");
        assertThat(Json.text(body, "expires_on"))
                .isEqualTo(Long.toString(START.plus(Duration.ofHours(24)).getEpochSecond()));
        assertThat(tokens.inspect(Json.text(body, "access_token"), STORAGE)).isEqualTo(new Finding.Valid("p-1"));
        assertThat(principal(ask(variables, ""))).isEqualTo("p-2");
        assertThat(principal(ask(variables, "&mi_res_id=" + USER.resourceId()))).isEqualTo("p-1");
        assertThat(principal(ask(variables, "&object_id=p-1"))).isEqualTo("p-1");
    }

    @Test
    void a_wrong_client_id_is_refused_as_by_the_service() throws Exception {
        var variables = variables(order("r1", List.of(), List.of(USER)), "jellykeep-agent", false);
        var wrong = ask(variables, "&client_id=nobody");
        assertThat(wrong.statusCode()).isEqualTo(400);
        var body = Json.object(wrong.body());
        assertThat(body.path("statusCode").intValue()).isEqualTo(400);
        assertThat(Json.text(body, "message")).startsWith("No User Assigned or Delegated Managed Identity found");
        assertThat(Json.text(body, "correlationId")).isNotEmpty();
        assertThat(ask(variables, "").body()).contains("Unable to load the proper Managed Identity.");
        assertThat(ask(variables, "&client_id=c-1&object_id=p-1").statusCode()).isEqualTo(400);
    }

    @Test
    void a_neighbour_without_the_secret_gets_no_token() throws Exception {
        var order = order("r1", List.of(), List.of(USER));
        var variables = variables(order, "jellykeep-agent", false);
        var stolen = Map.of("IDENTITY_ENDPOINT", endpoint(variables).toString(), "IDENTITY_HEADER", "guessed");
        assertThat(ask(stolen, "&client_id=c-1").statusCode()).isEqualTo(401);
        assertThat(variables(order, "jellyfin", false)).isNotEqualTo(variables);
        assertThat(variables(order, "jellykeep-agent", false))
                .as("at its next start")
                .isEqualTo(variables);
        assertThat(variables(order("r2", List.of(), List.of(USER)), "jellykeep-agent", false))
                .isNotEqualTo(variables);
    }

    @Test
    void an_endpoint_that_comes_up_late_refuses_connections_until_then() throws Exception {
        var late = new ReplicaOrder(
                "app",
                "rev",
                "r1",
                START,
                Json.object(),
                Map.of(),
                new Identities(List.of(USER), List.of(USER), START.plusSeconds(20)),
                Timings.instant());
        var variables = variables(late, "jellykeep-restore", true);
        clock.advance(Duration.ofSeconds(19));
        endpoints.look();
        assertThat(Ports.listens(endpoint(variables))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        endpoints.look();
        assertThat(principal(ask(variables, "&client_id=c-1"))).isEqualTo("p-1");
        endpoints.silent(true);
        assertThat(Ports.listens(endpoint(variables))).isFalse();
        endpoints.silent(false);
        assertThat(Ports.listens(endpoint(variables))).isTrue();
    }

    @Test
    void an_init_container_without_identities_meets_a_closed_port_for_ever() {
        var order = order("r1", List.of(), List.of(USER));
        var variables = variables(order, "jellykeep-restore", true);
        clock.advance(Duration.ofDays(1));
        endpoints.look();
        assertThat(Ports.listens(endpoint(variables))).isFalse();
        assertThat(Ports.listens(endpoint(variables(order, "jellykeep-agent", false))))
                .isTrue();
        assertThat(variables(order("r2", List.of(), List.of()), "jellykeep-restore", true))
                .isEmpty();
    }

    @Test
    void nothing_of_a_replica_that_is_gone_answers_any_more() {
        var order = order("r1", List.of(), List.of(USER));
        var main = endpoint(variables(order, "jellykeep-agent", false));
        var other = endpoint(variables(order("r2", List.of(), List.of(USER)), "jellykeep-agent", false));
        endpoints.gone("r1");
        assertThat(Ports.listens(main)).isFalse();
        assertThat(Ports.listens(other)).isTrue();
        endpoints.close();
        assertThat(Ports.listens(other)).isFalse();
    }

    @Test
    void a_token_that_has_ended_or_is_for_something_else_or_is_forged_is_none() {
        tokens.lifetime(Duration.ofMinutes(10));
        var token = tokens.issue(USER, STORAGE).value();
        assertThat(tokens.inspect(token, "https://vault.azure.net"))
                .isEqualTo(new Finding.Invalid("Audience validation failed. Audience did not match."));
        assertThat(new Tokens(InstantSource.fixed(START), new byte[] {1}).inspect(token, STORAGE))
                .isInstanceOf(Finding.Invalid.class);
        assertThat(tokens.inspect("anything", STORAGE)).isInstanceOf(Finding.Invalid.class);
        machine.advance(Duration.ofMinutes(11));
        assertThat(tokens.inspect(token, STORAGE))
                .isEqualTo(new Finding.Invalid("Lifetime validation failed. The token is expired."));
    }

    private Map<String, String> variables(ReplicaOrder order, String container, boolean init) {
        return endpoints.variables(order, container, init);
    }

    private static ReplicaOrder order(String replica, List<Identity> init, List<Identity> main) {
        var identities = new Identities(init, main, START);
        return new ReplicaOrder("app", "rev", replica, START, Json.object(), Map.of(), identities, Timings.instant());
    }

    private static URI endpoint(Map<String, String> variables) {
        return URI.create(variables.getOrDefault("IDENTITY_ENDPOINT", ""));
    }

    private String principal(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        var token = Json.text(Json.object(reply.body()), "access_token");
        return tokens.inspect(token, STORAGE) instanceof Finding.Valid(var principal) ? principal : "";
    }

    private static HttpResponse<String> ask(Map<String, String> variables, String more)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var uri = endpoint(variables) + "?api-version=2019-08-01&resource=https%3A%2F%2Fstorage.azure.com" + more;
            return http.send(
                    HttpRequest.newBuilder(URI.create(uri))
                            .timeout(Duration.ofSeconds(10))
                            .header("X-IDENTITY-HEADER", variables.getOrDefault("IDENTITY_HEADER", ""))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
