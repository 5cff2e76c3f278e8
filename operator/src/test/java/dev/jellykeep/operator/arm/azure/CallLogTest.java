package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.error;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.OperationHandle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;

class CallLogTest extends ArmTest {
    private List<String> lines() {
        return arms.log.stream().map(SubstituteLoggingEvent::getMessage).toList();
    }

    @Test
    void every_request_can_be_found_again_by_its_ids() {
        arm.inTurn(() -> get(at("")), error(500, "InternalServerError", "Oops."), json(Bodies.APP));

        arms.api.app(Arms.APP);

        var ids = arm.requests().stream()
                .map(request -> request.getHeader("x-ms-client-request-id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(2).allMatch(id -> id.length() == 36);
        assertThat(arms.log).extracting(SubstituteLoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
        assertThat(lines().getFirst())
                .contains("method=GET", "path=" + Arms.APP, "status=500", "code=InternalServerError")
                .contains("requestId=r-500", "correlationId=c-500", "clientRequestId=" + ids.getFirst());
        assertThat(lines().getLast())
                .contains("status=200", "requestId=r-200", "correlationId=c-200", "clientRequestId=" + ids.getLast());
    }

    @Test
    void neither_token_nor_body_nor_signed_query_is_logged() {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("tags").put("secret", "hush-in-the-body");
        var path = WireMockArm.SUBSCRIPTION + "/op";
        arm.on(patch(at("")), error(400, "Bad", "hush-in-the-message"));
        arm.on(get(urlPathEqualTo(path)), json("{}"));

        arms.api.patch(Arms.APP, patch);
        arms.api.operation(Arms.APP, new OperationHandle(arm.url() + path + "?c=hush-in-the-query", TestTime.START));
        try (var odd = new Arms(arm.url(), "hush\nin-the-token", ArmOptions.defaults())) {
            refusal(ArmException.Kind.NO_CREDENTIAL, () -> odd.api.app(Arms.APP));
            assertThat(odd.log).noneMatch(line -> line.getMessage().contains("hush"));
        }

        assertThat(lines())
                .hasSize(2)
                .noneMatch(line -> line.contains("hush"))
                .noneMatch(line -> line.contains(Arms.TOKEN));
    }
}
