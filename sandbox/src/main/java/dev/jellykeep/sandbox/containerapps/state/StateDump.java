package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;

/// Everything as it is, for tests and people: no api-version, nothing hidden but secrets' values.
public final class StateDump {
    private final World world;

    public StateDump(World world) {
        this.world = world;
    }

    public ObjectNode json() {
        var dump = Json.object().put("now", world.now().toString());
        var apps = dump.putArray("apps");
        world.apps().forEach(app -> app(apps.addObject(), app));
        var environments = dump.putArray("environments");
        world.environments()
                .forEach(environment -> environments.add(environment.path().id(0)));
        var operations = dump.putArray("operations");
        world.operations().forEach(operation -> operation(operations.addObject(), operation));
        return dump;
    }

    /// The identities of all apps, as the blob proxy needs them.
    public ArrayNode identities() {
        var identities = Json.array();
        for (var app : world.apps()) {
            for (var identity : ReplicaIdentities.all(app)) {
                identities
                        .addObject()
                        .put("app", app.id())
                        .put("identity", identity.resourceId())
                        .put("clientId", identity.clientId())
                        .put("principalId", identity.principalId());
            }
        }
        return identities;
    }

    private static void app(ObjectNode into, App app) {
        into.put("id", app.id()).put("name", app.name()).put("busy", app.busy());
        into.put("stopped", app.stopped()).put("failed", app.failed());
        into.put("latestReadyRevisionName", app.latestReady()).put("requests", app.requests());
        into.set("systemData", app.systemData().json());
        var stored = app.stored().deepCopy();
        Json.objects(Json.at(stored, "properties", "configuration", "secrets"))
                .forEach(secret -> secret.remove("value"));
        into.set("stored", stored);
        var revisions = into.putArray("revisions");
        app.revisions().forEach(revision -> revision(revisions.addObject(), revision));
    }

    private static void revision(ObjectNode into, Revision revision) {
        into.put("name", revision.name()).put("active", revision.active());
        into.put("progress", revision.progress().name()).put("target", revision.target());
        into.put("error", revision.error());
        var replicas = into.putArray("replicas");
        for (var replica : revision.replicas()) {
            var one = replicas.addObject().put("name", replica.name());
            one.put("createdAt", replica.createdAt().toString())
                    .put("ready", replica.status().ready());
            one.put("stopping", replica.stopping()).put("replaced", replica.replaced());
            var containers = one.putArray("containers");
            replica.status()
                    .all()
                    .forEach(container -> containers
                            .addObject()
                            .put("name", container.name())
                            .put("state", container.state().text())
                            .put("restartCount", container.restartCount())
                            .put("details", container.details()));
        }
    }

    private static void operation(ObjectNode into, Operation operation) {
        into.put("id", operation.id()).put("app", operation.app().id());
        into.put("kind", operation.kind().name())
                .put("status", operation.status().text());
        into.put("startedAt", operation.startedAt().toString());
        var ended = operation.endedAt();
        into.put("endedAt", ended == null ? "" : ended.toString());
        into.put("errorCode", operation.errorCode()).put("errorMessage", operation.errorMessage());
    }
}
