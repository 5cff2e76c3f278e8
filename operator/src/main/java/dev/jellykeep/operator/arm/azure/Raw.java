package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Raw JSON over the SDK's pipeline.
final class Raw {
    /// A reply.
    ///
    /// @param body empty if it has none
    record Answer(int status, Optional<JsonNode> body, String asyncOperation, String location, Duration retryAfter) {
        /// Its body, as an object.
        ///
        /// @throws FaultException if it is none
        JsonNode object() {
            return body.filter(JsonNode::isObject)
                    .orElseThrow(() -> new FaultException(new Fault.NotArm("no JSON object", "")));
        }
    }

    private final HttpPipeline pipeline;
    private final InstantSource clock;

    Raw(HttpPipeline pipeline, InstantSource clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    Answer get(String url, Context context) {
        return send(new HttpRequest(HttpMethod.GET, url), context);
    }

    Answer patch(String url, JsonNode body, Context context) {
        var request = new HttpRequest(HttpMethod.PATCH, url)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                .setBody(BinaryData.fromBytes(Json.bytes(body)));
        return send(request, context);
    }

    private Answer send(HttpRequest request, Context context) {
        request.setHeader(HttpHeaderName.ACCEPT, "application/json");
        try (var response = pipeline.sendSync(request, context)) {
            return new Answer(
                    response.getStatusCode(),
                    Json.parse(response.getBodyAsBinaryData().toBytes()),
                    header(response, "Azure-AsyncOperation").orElse(""),
                    header(response, "Location").orElse(""),
                    RetryAfter.of(name -> header(response, name), clock));
        }
    }

    private static Optional<String> header(HttpResponse response, String name) {
        return Optional.ofNullable(response.getHeaderValue(HttpHeaderName.fromString(name)));
    }
}
