package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.bareError;
import static dev.jellykeep.operator.arm.azure.WireMockArm.error;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.jellykeep.contract.identity.AppResourceId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class WireMockContainerAppsTest extends ContainerAppsApiContract {
    private static final String POLL = WireMockArm.SUBSCRIPTION + "/providers/Microsoft.App/locations/westeurope/op/1";
    private static WireMockArm arm;

    @BeforeAll
    static void start() {
        arm = new WireMockArm();
    }

    @AfterAll
    static void stop() {
        arm.close();
    }

    @BeforeEach
    void teach() {
        arm.reset();
        arm.on(get(at("")), json(Bodies.APP));
        arm.on(
                patch(at("")).withHeader("Content-Type", equalTo("application/json")),
                aResponse()
                        .withStatus(202)
                        .withHeader("Location", arm.url() + POLL + "?api-version=2026-07-01")
                        .withHeader("Retry-After", "1"));
        arm.on(
                patch(at("")).atPriority(2).withRequestBody(matchingJsonPath("$.tags.refuse")),
                error(400, "ContainerAppInvalidResourceTotal", "The total is no pair that is allowed."));
        arm.inTurn(() -> get(urlPathEqualTo(POLL)), aResponse().withStatus(202), json(Bodies.APP));
        arm.on(get(at("/revisions")), json(Bodies.revisions(true)));
        arm.on(get(at("/revisions/jellyfin--0000004/replicas")), json(Bodies.REPLICAS));
        arm.on(get(urlPathMatching("(?i).*/managedEnvironments/env")), json(Bodies.ENVIRONMENT));
        var activity = "activity";
        arm.on(
                post(at("/revisions/jellyfin--0000004/deactivate"))
                        .inScenario(activity)
                        .willSetStateTo("inactive"),
                json("\"deactivated\""));
        arm.on(
                get(at("/revisions")).atPriority(2).inScenario(activity).whenScenarioStateIs("inactive"),
                json(Bodies.revisions(false)));
        arm.on(
                post(at("/revisions/jellyfin--0000004/activate"))
                        .inScenario(activity)
                        .willSetStateTo(Scenario.STARTED),
                json("\"activated\""));
    }

    @AfterEach
    void no_secret_was_asked_for_and_none_was_sent() {
        assertThat(arm.requests()).allSatisfy(request -> {
            assertThat(request.getUrl()).doesNotContainIgnoringCase("listSecrets");
            assertThat(request.getBodyAsString())
                    .doesNotContain("secrets")
                    .doesNotContain(secretValues().getFirst());
        });
    }

    @Override
    protected URI endpoint() {
        return arm.url();
    }

    @Override
    protected AppResourceId app() {
        return Arms.APP;
    }

    @Override
    protected String environmentId() {
        return Bodies.ENVIRONMENT_ID;
    }

    @Override
    protected List<String> secretValues() {
        return List.of("value-of-s1");
    }

    @Override
    protected JsonNode harmlessPatch(JsonNode app) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("properties").set("template", app.at("/properties/template"));
        return patch;
    }

    @Override
    protected JsonNode refusedPatch(JsonNode app) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("tags").put("refuse", "yes");
        return patch;
    }

    @Override
    protected void busy() {
        arm.on(
                patch(at("")).atPriority(1),
                bareError(409, "ContainerAppOperationInProgress", "There is an active provisioning operation."));
    }

    @Override
    protected void throttle(int replies, Duration retryAfter) {
        for (var left = replies; left > 0; left--) {
            arm.on(
                    any(anyUrl())
                            .atPriority(1)
                            .inScenario("throttled")
                            .whenScenarioStateIs(left == replies ? Scenario.STARTED : "left " + left)
                            .willSetStateTo("left " + (left - 1)),
                    error(429, "TooManyRequests", "Slow down.").withHeader("Retry-After", "" + retryAfter.toSeconds()));
        }
    }
}
