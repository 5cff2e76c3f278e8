package dev.jellykeep.sandbox.containerapps.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.state.OperationFault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;

/// Faults as JSON.
///
/// Of requests: `{"outcome": "answer"|"reset"|"loseReply"|"hang", "methods": ["PATCH"], "path": "…", "times": 3,
/// "until": INSTANT, "status": 429, "code": "…", "message": "…", "retryAfter": 5, "bare": false}`. Of operations:
/// `{"outcome": "fail"|"stuck", "app": "…", "code": "…", "message": "…", "after": "PT1M"}`.
final class FaultJson {
    private FaultJson() {}

    /// Whether a document is about an operation rather than about requests.
    static boolean isOfOperation(ObjectNode json) {
        var outcome = Json.text(json, "outcome");
        return outcome.equals("fail") || outcome.equals("stuck");
    }

    static OperationFault ofOperation(ObjectNode json) {
        var code = json.path("code").asText("ContainerAppOperationError");
        var message = json.path("message").asText("This failure was scripted.");
        var after = Duration.parse(json.path("after").asText("PT0S"));
        var fault = Json.text(json, "outcome").equals("stuck")
                ? OperationFault.stuck()
                : OperationFault.failing(code, message, after);
        return json.has("app") ? fault.of(Json.text(json, "app")) : fault;
    }

    /// @throws IllegalArgumentException for an outcome that isn't known
    static Fault ofRequests(ObjectNode json) {
        var methods = new HashSet<String>();
        json.path("methods").forEach(method -> methods.add(method.asText()));
        var until = Optional.of(Json.text(json, "until"))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
        var times = json.path("times").asLong(until.isPresent() ? Long.MAX_VALUE : 1);
        return new Fault(methods, Json.text(json, "path"), times, until, outcome(json));
    }

    static ObjectNode write(Fault fault) {
        var json = Json.object()
                .put("outcome", fault.outcome().getClass().getSimpleName())
                .put("path", fault.pathContains())
                .put("times", fault.times())
                .put("until", fault.until().map(Instant::toString).orElse(""));
        var methods = json.putArray("methods");
        fault.methods().forEach(methods::add);
        return json;
    }

    private static Fault.Outcome outcome(JsonNode json) {
        return switch (Json.text(json, "outcome")) {
            case "answer" ->
                new Fault.Answer(
                        json.path("status").asInt(500),
                        json.path("code").asText("InternalServerError"),
                        json.path("message").asText("This answer was scripted."),
                        json.has("retryAfter")
                                ? Optional.of(json.path("retryAfter").asInt())
                                : Optional.empty(),
                        json.path("bare").asBoolean(false));
            case "reset" -> new Fault.Reset();
            case "loseReply" -> new Fault.LoseReply();
            case "hang" -> new Fault.Hang();
            default ->
                throw new IllegalArgumentException("The outcome '" + Json.text(json, "outcome")
                        + "' is unknown: use answer, reset, loseReply, hang, fail or stuck.");
        };
    }
}
