package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jellykeep.operator.arm.ArmException.Kind;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddReplyTest extends ArmTest {
    @Test
    void members_that_nobody_knows_come_back_as_they_were() {
        arm.on(get(at("")), json(Bodies.APP));

        var app = ContainerAppsApiContract.found(arms.api.app(Arms.APP));

        assertThat(app)
                .isEqualTo(
                        Json.parse(Bodies.APP.getBytes(StandardCharsets.UTF_8)).orElseThrow());
        assertThat(app.toString())
                .contains("12345678901234567890", "\"novel\":{\"deep\":[true]}", "\"initContainers\":null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>Sign in</html>", "{\"properties\": {}", "[]", "{}", "", "{\"properties\":{}} trailing"})
    void what_no_arm_sends_is_not_taken_for_an_app(String body) {
        arm.on(get(at("")), json(body));

        assertThat(refusal(Kind.INVALID, () -> arms.api.app(Arms.APP))).hasMessageContaining("no ARM answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\": 5}", "{\"value\": [{\"properties\": {\"containers\": 3}}]}"})
    void a_shape_that_the_models_do_not_know_is_told_and_not_thrown_about(String body) {
        arm.on(get(at("/revisions/r/replicas")), json(body));

        assertThat(refusal(Kind.INVALID, () -> arms.api.replicas(Arms.APP, "r")))
                .hasMessageContaining("no ARM answers");
    }

    @Test
    void a_patch_that_is_answered_with_garbage_may_have_happened() {
        arm.on(patch(at("")), json("<html>Sign in</html>"));

        assertThat(arms.api.patch(Arms.APP, PATCH)).isInstanceOf(WriteOutcome.Unknown.class);
    }

    @Test
    void a_huge_body_is_not_read_to_its_end() {
        arm.on(get(at("")), aResponse().withBody(new byte[Wire.LARGEST_BODY + 1]));

        assertThat(refusal(Kind.INVALID, () -> arms.api.app(Arms.APP))).hasMessageContaining("more than 4194304 bytes");
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void a_redirect_takes_the_token_nowhere() {
        try (var elsewhere = new WireMockArm()) {
            arm.on(get(at("")), aResponse().withStatus(307).withHeader("Location", elsewhere.url() + Arms.APP.value()));

            refusal(Kind.INVALID, () -> arms.api.app(Arms.APP));

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void a_next_page_elsewhere_takes_the_token_nowhere() {
        try (var elsewhere = new WireMockArm()) {
            arm.on(get(at("/revisions")), json("{\"value\": [], \"nextLink\": \"" + elsewhere.url() + "/next\"}"));

            assertThat(refusal(Kind.INVALID, () -> arms.api.revisions(Arms.APP)))
                    .hasMessageContaining("where no token is sent");

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void all_pages_of_revisions_are_read() {
        arm.on(
                get(at("/revisions")),
                json("{\"value\": [{\"name\": \"a\"}], \"nextLink\": \"" + arm.url() + "/next?$skiptoken=1%2F2\"}"));
        arm.on(
                get(urlPathMatching("/next")),
                json("{\"value\": [{\"name\": \"b\", \"properties\": {\"active\": true}}]}"));

        assertThat(ContainerAppsApiContract.found(arms.api.revisions(Arms.APP)))
                .extracting(Revision::name, Revision::active)
                .containsExactly(tuple("a", false), tuple("b", true));
    }

    @Test
    void pages_that_lead_in_a_circle_come_to_an_end() {
        arm.on(
                get(at("/revisions")),
                json("{\"value\": [], \"nextLink\": \"" + arm.url() + Arms.APP + "/revisions\"}"));

        assertThat(refusal(Kind.INVALID, () -> arms.api.revisions(Arms.APP))).hasMessageContaining("without end");
    }

    @Test
    void what_a_service_leaves_out_is_empty_and_no_crash() {
        arm.on(get(at("/revisions/r/replicas")), json("{\"value\": [{}]}"));
        arm.on(get(at("/revisions/s/replicas")), json("{}"));
        arm.on(
                get(urlPathMatching("(?i).*/managedEnvironments/env")),
                json("{\"properties\": {\"workloadProfiles\": null}}"));

        assertThat(ContainerAppsApiContract.found(arms.api.replicas(Arms.APP, "r")))
                .singleElement()
                .satisfies(replica -> assertThat(replica.initContainers()).isEmpty());
        assertThat(arms.api.replicas(Arms.APP, "s")).isEqualTo(new Reading.Found<>(List.of()));
        assertThat(ContainerAppsApiContract.found(arms.api.environment(Bodies.ENVIRONMENT_ID))
                        .workloadProfiles())
                .isEmpty();
    }

    @Test
    void a_patch_with_secrets_is_never_sent() {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("properties").putObject("configuration").putArray("secrets");

        assertThatThrownBy(() -> arms.api.patch(Arms.APP, patch)).isInstanceOf(IllegalArgumentException.class);
        assertThat(arm.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "r?x=1", "r#x", "r%2e", "r\\s"})
    void a_name_cannot_lead_a_request_elsewhere(String revision) {
        refusal(Kind.INVALID, () -> arms.api.deactivate(Arms.APP, revision));
        assertThat(arm.requests()).isEmpty();
    }
}
