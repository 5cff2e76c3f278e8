package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.bareError;
import static dev.jellykeep.operator.arm.azure.WireMockArm.error;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.jellykeep.operator.arm.ArmException.Kind;
import dev.jellykeep.operator.arm.OperationHandle;
import dev.jellykeep.operator.arm.OperationState;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest extends ArmTest {
    private static final String PATH =
            WireMockArm.SUBSCRIPTION + "/providers/Microsoft.App/locations/westeurope/containerappOperationResults/1";

    @Test
    void the_header_of_the_status_is_preferred_and_its_long_url_is_kept_whole() {
        var url = arm.url() + PATH + "?api-version=2026-07-01&t=1&c=" + "x".repeat(5000);
        arm.on(
                patch(at("")),
                accepted()
                        .withHeader("Azure-AsyncOperation", url)
                        .withHeader("Location", arm.url() + "/other")
                        .withHeader("Retry-After", "17"));
        arm.on(get(urlPathEqualTo(PATH)), json("{\"status\": \"InProgress\"}").withHeader("Retry-After", "4"));

        var handle = ContainerAppsApiContract.handle(arms.api.patch(Arms.APP, PATCH));

        assertThat(handle).isEqualTo(new OperationHandle(url, TestTime.START.plusSeconds(17)));
        assertThat(handle.toString()).doesNotContain("xxx");
        assertThat(arms.api.operation(Arms.APP, handle)).isEqualTo(new OperationState.Running(Duration.ofSeconds(4)));
        assertThat(arm.requests().getLast().getUrl()).hasSizeGreaterThan(5000);
        assertThat(arms.time.pauses).isEmpty();
    }

    @Test
    void what_is_done_at_once_is_not_watched_for() {
        arm.inTurn(
                () -> patch(at("")),
                json(Bodies.APP).withHeader("Location", arm.url() + PATH),
                aResponse().withStatus(204),
                json(Bodies.APP).withStatus(201).withHeader("Azure-AsyncOperation", arm.url() + PATH));

        assertThat(arms.api.patch(Arms.APP, PATCH)).isEqualTo(new WriteOutcome.Done());
        assertThat(arms.api.patch(Arms.APP, PATCH)).isEqualTo(new WriteOutcome.Done());
        assertThat(arms.api.patch(Arms.APP, PATCH)).isInstanceOf(WriteOutcome.Accepted.class);
    }

    @Test
    void a_location_alone_is_enough() {
        arm.on(patch(at("")), accepted().withHeader("Location", arm.url() + PATH));

        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isEqualTo(new WriteOutcome.Accepted(
                        new OperationHandle(arm.url() + PATH, TestTime.START.plus(Operations.USUAL_POLL))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://elsewhere.example" + PATH,
                "http://user@127.0.0.1" + PATH,
                "/relative",
                "not a url",
                "ARM/subscriptions/another/providers/Microsoft.App/x",
                "ARM/providers/Microsoft.App/x",
                "ARM" + WireMockArm.SUBSCRIPTION + "/../another/x"
            })
    void an_operation_that_may_not_be_asked_for_is_accepted_without_a_handle_and_never_looked_up(String text) {
        var url = text.replace("ARM", arm.url().toString());
        arm.on(patch(at("")), url.isEmpty() ? accepted() : accepted().withHeader("Azure-AsyncOperation", url));

        assertThat(arms.api.patch(Arms.APP, PATCH)).isEqualTo(new WriteOutcome.Accepted(null));
        refusal(Kind.INVALID, () -> arms.api.operation(Arms.APP, new OperationHandle(url, TestTime.START)));
        assertThat(arm.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\": \"Succeeded\"}            | Succeeded[]",
                "200 | {\"status\": \"InProgress\"}           | Running[retryAfter=PT10S]",
                "200 | {\"status\": \"SomethingNew\"}         | Running[retryAfter=PT10S]",
                "202 | {\"status\": \"Succeeded\"}            | Succeeded[]",
                "200 | {\"status\": \"Canceled\"}             | Failed[code=Canceled, message=ARM doesn't say why]",
                "200 | {\"status\": \"Failed\", \"error\": {\"code\": \"C\", \"message\": \"m\"}} | Failed[code=C, message=m]",
                "202 | ''                                     | Running[retryAfter=PT10S]",
                "204 | ''                                     | Succeeded[]",
                "200 | ''                                     | Succeeded[]",
                "200 | {\"properties\": {\"provisioningState\": \"Succeeded\"}} | Succeeded[]",
                "200 | {\"properties\": {\"provisioningState\": \"Failed\"}} | Failed[code=Failed, message=ARM doesn't say why]"
            })
    void an_operation_is_understood_whichever_way_it_is_told(int status, String body, String state) {
        assertThat(polled(aResponse().withStatus(status).withBody(body))).hasToString(state);
    }

    @Test
    void an_operation_that_arm_forgot_is_gone_and_one_that_failed_says_why() {
        assertThat(polled(error(404, "ResourceNotFound", "It has expired."))).isEqualTo(new OperationState.Gone());
        assertThat(polled(aResponse().withStatus(404))).isEqualTo(new OperationState.Gone());
        assertThat(polled(bareError(400, "ContainerAppOperationError", "Operation expired.")))
                .isEqualTo(new OperationState.Failed("ContainerAppOperationError", "Operation expired."));
        assertThat(polled(error(500, "ContainerAppOperationError", "Operation expired.")))
                .isEqualTo(new OperationState.Failed("ContainerAppOperationError", "Operation expired."));
    }

    @Test
    void arm_being_down_is_not_taken_for_the_end_of_an_operation() {
        refusal(Kind.UNREACHABLE, () -> polled(error(500, "InternalServerError", "Oops.")));
        refusal(Kind.FORBIDDEN, () -> polled(error(403, "AuthorizationFailed", "No.")));
    }

    private OperationState polled(ResponseDefinitionBuilder reply) {
        arm.on(get(urlPathEqualTo(PATH)), reply);
        return arms.api.operation(Arms.APP, new OperationHandle(arm.url() + PATH, TestTime.START));
    }

    private static ResponseDefinitionBuilder accepted() {
        return aResponse().withStatus(202);
    }
}
