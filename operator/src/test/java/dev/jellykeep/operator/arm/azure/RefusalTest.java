package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.bareError;
import static dev.jellykeep.operator.arm.azure.WireMockArm.error;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.arm.ArmException.Kind;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest extends ArmTest {
    private static final String OBJECT = "11111111-2222-3333-4444-555555555555";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ContainerAppOperationInProgress",
                "ContainerAppLockConflict",
                "ManagedEnvironmentOperationInProgress"
            })
    void a_conflict_is_busy_in_both_shapes_of_an_error(String code) {
        arm.inTurn(
                () -> patch(at("")),
                bareError(409, code, "Please\\nretry."),
                error(409, code, "Please retry.").withHeader("Retry-After", "40"));

        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isEqualTo(new WriteOutcome.Busy(code, "Please retry.", Duration.ofSeconds(15)));
        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isEqualTo(new WriteOutcome.Busy(code, "Please retry.", Duration.ofSeconds(40)));
        assertThat(arm.requests()).hasSize(2);
    }

    @Test
    void a_conflict_that_waiting_does_not_mend_is_not_called_busy() {
        arm.inTurn(
                () -> patch(at("")),
                error(409, "ScopeLocked", "The scope is locked."),
                error(412, "PreconditionFailed", "It has changed."));

        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isEqualTo(new WriteOutcome.Rejected(409, "ScopeLocked", "The scope is locked.", "r-409"));
        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isEqualTo(new WriteOutcome.Rejected(412, "PreconditionFailed", "It has changed.", "r-412"));
    }

    @Test
    void a_missing_role_is_told_with_the_command_that_gives_it() {
        var scope = WireMockArm.SUBSCRIPTION + "/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin";
        arm.on(
                get(at("")),
                error(
                        403,
                        "AuthorizationFailed",
                        "The client 'app' with object id '" + OBJECT + "' does not have authorization to perform action"
                                + " 'Microsoft.App/containerApps/read' over scope '" + scope
                                + "' or the scope is invalid."));

        var thrown = refusal(Kind.FORBIDDEN, () -> arms.api.app(Arms.APP));

        assertThat(thrown.getMessage())
                .contains("az role assignment create --assignee-object-id " + OBJECT
                        + " --assignee-principal-type ServicePrincipal --role \"Container Apps Contributor\" --scope \""
                        + scope + "\"");
        assertThat(thrown.requestId()).contains("r-403");
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void a_proxys_refusal_is_not_taken_for_a_missing_role() {
        arm.on(get(at("")), aResponse().withStatus(403).withBody("<html>no</html>"));

        assertThat(refusal(Kind.FORBIDDEN, () -> arms.api.app(Arms.APP)))
                .hasMessageContaining("firewall or proxy")
                .hasMessageNotContaining("az role");
    }

    @Test
    void a_proxys_404_does_not_make_an_app_absent() {
        arm.on(get(at("")), aResponse().withStatus(404).withBody("<html>not found</html>"));
        arm.on(patch(at("")), aResponse().withStatus(404));

        refusal(Kind.INVALID, () -> arms.api.app(Arms.APP));
        refusal(Kind.INVALID, () -> arms.api.patch(Arms.APP, PATCH));
    }

    @Test
    void a_refused_token_is_renewed_once_even_for_a_write() {
        arm.inTurn(() -> patch(at("")), error(401, "ExpiredAuthenticationToken", "It has expired."), json(Bodies.APP));
        var asked = new AtomicInteger();
        Tokens tokens = () -> new Tokens.Token("t" + asked.incrementAndGet(), Instant.MAX);

        try (var renewing = new Arms(arm.url(), tokens, ArmOptions.defaults())) {
            assertThat(renewing.api.patch(Arms.APP, PATCH)).isEqualTo(new WriteOutcome.Done());
        }

        assertThat(arm.requests())
                .extracting(request -> request.getHeader("Authorization"))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void a_token_that_is_refused_again_is_not_sent_for_ever() {
        arm.on(get(at("")), error(401, "InvalidAuthenticationTokenTenant", "The wrong issuer."));

        assertThat(refusal(Kind.UNAUTHENTICATED, () -> arms.api.app(Arms.APP)))
                .hasMessageContaining("InvalidAuthenticationTokenTenant")
                .hasMessageContaining("tenant that owns the subscription");
        assertThat(arm.requests()).hasSize(2);
    }

    @Test
    void a_service_that_stumbles_is_asked_again() {
        var stumble = error(500, "InternalServerError", "Oops.");
        arm.inTurn(() -> get(at("")), stumble, stumble.but().withHeader("Retry-After", "3"), json(Bodies.APP));

        assertThat(arms.api.app(Arms.APP)).isInstanceOf(Reading.Found.class);
        assertThat(arms.time.pauses).hasSize(2).last().isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_service_that_stays_down_is_left_alone_before_the_deadline() {
        arm.on(get(at("")), error(503, "ServiceUnavailable", "Down."));

        var thrown = refusal(Kind.UNREACHABLE, () -> arms.api.app(Arms.APP));

        assertThat(thrown.passing()).isTrue();
        assertThat(arm.requests()).hasSizeBetween(2, 6);
        assertThat(Duration.between(TestTime.START, arms.time.instant())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void a_write_that_fails_in_the_service_may_have_happened() {
        arm.on(patch(at("")), error(500, "InternalServerError", "Oops."));

        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isInstanceOfSatisfying(
                        WriteOutcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("500 InternalServerError", "r-500", "look"));
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void a_question_that_arm_refuses_is_told_with_its_words() {
        arm.on(get(at("")), error(400, "NoRegisteredProviderFound", "The supported api-versions are 2025-01-01."));

        assertThat(refusal(Kind.INVALID, () -> arms.api.app(Arms.APP)))
                .hasMessageContaining("The supported api-versions are 2025-01-01");
    }
}
