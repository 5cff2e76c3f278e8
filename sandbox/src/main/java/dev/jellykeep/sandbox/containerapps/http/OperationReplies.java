package dev.jellykeep.sandbox.containerapps.http;

import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.OperationHeader;
import dev.jellykeep.sandbox.containerapps.state.AppView;
import dev.jellykeep.sandbox.containerapps.state.Operation;
import dev.jellykeep.sandbox.containerapps.state.World;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long-running operations are named and polled (`container-apps.md` §3.1).
final class OperationReplies {
    private static final String STATUSES = "containerappOperationStatuses";
    private static final String RESULTS = "containerappOperationResults";

    private final World world;
    private final AppView apps;

    OperationReplies(World world) {
        this.world = world;
        this.apps = new AppView(world);
    }

    /// The headers of the reply that begins an operation.
    Map<String, String> headers(Request request, ArmPath path, Operation operation) {
        var settings = world.settings();
        var which = operation.kind() == Operation.Kind.PUT ? settings.put() : settings.patch();
        return headers(request, path.inScope("subscriptions"), operation, which);
    }

    private Map<String, String> headers(
            Request request, String subscription, Operation operation, OperationHeader which) {
        var headers = new LinkedHashMap<String, String>();
        var place =
                request.base() + "/subscriptions/" + subscription + "/providers/Microsoft.App/locations/westeurope/";
        var end = "/" + operation.id() + "?api-version=" + request.apiVersion();
        if (which.hasAsyncOperation()) {
            headers.put("Azure-AsyncOperation", place + STATUSES + end);
        }
        if (which.hasLocation()) {
            headers.put("Location", place + RESULTS + end);
        }
        if (world.settings().retryAfterSeconds() > 0) {
            headers.put("Retry-After", Integer.toString(world.settings().retryAfterSeconds()));
        }
        return headers;
    }

    /// What `Azure-AsyncOperation` leads to.
    Reply status(ArmPath path, Request request) {
        var operation = operation(path);
        var body = Json.object().put("id", request.path()).put("name", operation.id());
        body.put("status", operation.status().text());
        body.put("startTime", operation.startedAt().toString());
        var ended = operation.endedAt();
        if (ended != null) {
            body.put("endTime", ended.toString());
        }
        if (operation.status() == Operation.Status.FAILED) {
            body.putObject("error").put("code", operation.errorCode()).put("message", operation.errorMessage());
        }
        var reply = Reply.ok(body);
        return operation.running() && world.settings().retryAfterSeconds() > 0
                ? reply.with(
                        Map.of("Retry-After", Integer.toString(world.settings().retryAfterSeconds())))
                : reply;
    }

    /// What `Location` leads to.
    Reply result(ArmPath path, Request request) {
        var operation = operation(path);
        return switch (operation.status()) {
            case IN_PROGRESS ->
                Reply.empty(202)
                        .with(headers(request, path.inScope("subscriptions"), operation, OperationHeader.LOCATION));
            case SUCCEEDED ->
                operation.kind() == Operation.Kind.DELETE
                        ? Reply.empty(204)
                        : Reply.ok(apps.show(operation.app(), request.apiVersion()));
            case FAILED -> throw ArmRefusal.of(400, operation.errorCode(), operation.errorMessage());
            case CANCELED -> throw ArmRefusal.of(409, "OperationCanceled", "Another operation has taken its place.");
        };
    }

    private Operation operation(ArmPath path) {
        return world.operation(path.name(1))
                .orElseThrow(
                        () -> ArmRefusal.of(404, "OperationNotFound", "There is no operation '" + path.name(1) + "'."));
    }
}
