package dev.jellykeep.sandbox.containerapps.http;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.state.AppView;
import dev.jellykeep.sandbox.containerapps.state.AppWrites;
import dev.jellykeep.sandbox.containerapps.state.Environments;
import dev.jellykeep.sandbox.containerapps.state.Operation;
import dev.jellykeep.sandbox.containerapps.state.ReplicaView;
import dev.jellykeep.sandbox.containerapps.state.RevisionActions;
import dev.jellykeep.sandbox.containerapps.state.RevisionView;
import dev.jellykeep.sandbox.containerapps.state.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// `Microsoft.App`.
final class AppRoutes {
    private static final String APPS = "Microsoft.App/containerApps";
    private static final String ENVIRONMENTS = "Microsoft.App/managedEnvironments";

    private final World world;
    private final AppWrites writes;
    private final RevisionActions actions;
    private final AppView apps;
    private final RevisionView revisions;
    private final ReplicaView replicas;
    private final Environments environments;
    private final OperationReplies operations;

    AppRoutes(World world) {
        this.world = world;
        this.writes = new AppWrites(world);
        this.actions = new RevisionActions(world);
        this.apps = new AppView(world);
        this.revisions = new RevisionView(world);
        this.replicas = new ReplicaView(world);
        this.environments = new Environments(world);
        this.operations = new OperationReplies(world);
    }

    /// Empty where there is nothing of that kind.
    Optional<Route> route(Request request, ArmPath path) {
        return Optional.ofNullable(
                switch (request.method() + " " + path.shape()) {
                    case "GET containerapps" -> route(APPS + "/read", path, () -> list(request, path));
                    case "GET containerapps/*" ->
                        route(APPS + "/read", path, () -> Reply.ok(apps.get(path, request.apiVersion())));
                    case "PUT containerapps/*" ->
                        new Route(APPS + "/write", path.id(0), caller -> {
                            var put = writes.put(path, request.json(), caller);
                            return Reply.of(
                                            put.created() ? 201 : 200,
                                            apps.show(put.operation().app(), request.apiVersion()))
                                    .with(operations.headers(request, path, put.operation()));
                        });
                    case "PATCH containerapps/*" ->
                        new Route(
                                APPS + "/write",
                                path.id(0),
                                caller -> accepted(request, path, writes.patch(path, request.json(), caller)));
                    case "DELETE containerapps/*" -> route(APPS + "/delete", path, () -> delete(request, path));
                    case "POST containerapps/*/start" ->
                        route(APPS + "/start/action", path, () -> accepted(request, path, writes.start(path)));
                    case "POST containerapps/*/stop" ->
                        route(APPS + "/stop/action", path, () -> accepted(request, path, writes.stop(path)));
                    case "POST containerapps/*/listsecrets" ->
                        route(APPS + "/listSecrets/action", path, () -> secrets(path));
                    case "POST containerapps/*/getauthtoken" ->
                        route(APPS + "/getAuthToken/action", path, () -> authToken(path));
                    case "GET containerapps/*/revisions" ->
                        route(APPS + "/revisions/read", path, () -> revisions(request, path));
                    case "GET containerapps/*/revisions/*" ->
                        route(
                                APPS + "/revisions/read",
                                path,
                                () -> Reply.ok(revisions.get(path, request.apiVersion())));
                    case "POST containerapps/*/revisions/*/activate" -> action(path, "activate", actions::activate);
                    case "POST containerapps/*/revisions/*/deactivate" ->
                        action(path, "deactivate", actions::deactivate);
                    case "POST containerapps/*/revisions/*/restart" -> action(path, "restart", actions::restart);
                    case "GET containerapps/*/revisions/*/replicas" ->
                        route(
                                APPS + "/revisions/replicas/read",
                                path,
                                () -> Pages.whole(replicas.list(path, request.apiVersion())));
                    case "GET containerapps/*/revisions/*/replicas/*" ->
                        route(
                                APPS + "/revisions/replicas/read",
                                path,
                                () -> Reply.ok(replicas.get(path, request.apiVersion())));
                    case "GET managedenvironments" ->
                        route(ENVIRONMENTS + "/read", path, () -> Pages.whole(environments.list(path.scope())));
                    case "GET managedenvironments/*" ->
                        route(ENVIRONMENTS + "/read", path, () -> Reply.ok(environments.get(path)));
                    case "PUT managedenvironments/*" ->
                        new Route(ENVIRONMENTS + "/write", path.id(0), caller -> {
                            var created = environments.put(path, request.json(), caller);
                            return Reply.of(created ? 201 : 200, environments.get(path));
                        });
                    case "GET locations/*/containerappoperationstatuses/*" ->
                        route(
                                "Microsoft.App/locations/containerappOperationStatuses/read",
                                path,
                                () -> operations.status(path, request));
                    case "GET locations/*/containerappoperationresults/*" ->
                        route(
                                "Microsoft.App/locations/containerappOperationResults/read",
                                path,
                                () -> operations.result(path, request));
                    default -> null;
                });
    }

    private static Route route(String action, ArmPath path, Supplier<Reply> answer) {
        var scope = path.segments().size() > 1 ? path.id(0) : path.scope();
        return new Route(action, scope, _ -> answer.get());
    }

    private static Route action(ArmPath path, String name, Consumer<ArmPath> deed) {
        return route(APPS + "/revisions/" + name + "/action", path, () -> {
            deed.accept(path);
            return Reply.ok(TextNode.valueOf("The revision was told to " + name + "."));
        });
    }

    private Reply accepted(Request request, ArmPath path, Operation operation) {
        return Reply.empty(202).with(operations.headers(request, path, operation));
    }

    private Reply list(Request request, ArmPath path) {
        return Pages.page(
                request,
                apps.list(path.scope(), request.apiVersion()),
                world.settings().pageSize());
    }

    private Reply revisions(Request request, ArmPath path) {
        if (!request.parameter("$filter").isEmpty()) {
            throw ArmRefusal.of(
                    400, "FilterNotSupported", "This emulator knows no filter of revisions: read them all.");
        }
        return Pages.page(
                request,
                revisions.list(path, request.apiVersion()),
                world.settings().pageSize());
    }

    private Reply delete(Request request, ArmPath path) {
        return writes.delete(path)
                .map(operation -> accepted(request, path, operation))
                .orElseGet(() -> Reply.empty(204));
    }

    private Reply secrets(ArmPath path) {
        var secrets = apps.secrets(path);
        return secrets.isEmpty() && world.settings().has(Quirk.LIST_SECRETS_204)
                ? Reply.empty(204)
                : Pages.whole(secrets);
    }

    private Reply authToken(ArmPath path) {
        var app = apps.get(path, "2026-07-01");
        var body = Json.object().put("location", Json.text(app, "location"));
        body.putObject("properties")
                .put("token", Journal.sha256(path.key(0)))
                .put("expires", world.now().plus(Duration.ofHours(1)).toString());
        return Reply.ok(body);
    }
}
