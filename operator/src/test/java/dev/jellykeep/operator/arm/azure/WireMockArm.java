package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.matching.UrlPathPattern;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/// ARM as WireMock plays it: says "no such resource" to everything, until a test teaches it more.
final class WireMockArm implements AutoCloseable {
    static final String SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-00000000000a";
    /// The SDK writes it in mixed case, we in lower case, and ARM ignores case.
    static final String APP_PATH =
            "(?i)" + SUBSCRIPTION + "/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin";

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    WireMockArm() {
        server.start();
        reset();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    void reset() {
        server.resetAll();
        server.stubFor(
                any(anyUrl()).atPriority(10).willReturn(error(404, "ResourceNotFound", "The Resource was not found.")));
    }

    static UrlPathPattern at(String below) {
        return urlPathMatching(APP_PATH + below);
    }

    StubMapping on(MappingBuilder stub, ResponseDefinitionBuilder reply) {
        return server.stubFor(stub.willReturn(reply));
    }

    /// One reply after the other; the last one for ever.
    void inTurn(Supplier<MappingBuilder> stub, ResponseDefinitionBuilder... replies) {
        var scenario = "turn " + server.getStubMappings().size();
        for (var i = 0; i < replies.length; i++) {
            server.stubFor(stub.get()
                    .inScenario(scenario)
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "reply " + i)
                    .willSetStateTo("reply " + Math.min(i + 1, replies.length - 1))
                    .willReturn(replies[i]));
        }
    }

    static ResponseDefinitionBuilder json(String body) {
        return okJson(body).withHeader("x-ms-request-id", "r-200").withHeader("x-ms-correlation-request-id", "c-200");
    }

    static ResponseDefinitionBuilder error(int status, String code, String message) {
        return refusal(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }

    static ResponseDefinitionBuilder bareError(int status, String code, String message) {
        return refusal(status, "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    private static ResponseDefinitionBuilder refusal(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withHeader("x-ms-request-id", "r-" + status)
                .withHeader("x-ms-correlation-request-id", "c-" + status)
                .withBody(body);
    }

    /// All requests so far, oldest first.
    List<LoggedRequest> requests() {
        return server.getAllServeEvents().reversed().stream()
                .map(ServeEvent::getRequest)
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
