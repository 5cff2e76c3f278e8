package dev.jellykeep.sandbox.containerapps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.Client.Answer;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An emulator with an environment and the original set-up's app in it, and a clock that the test puts forward.
final class Town implements AutoCloseable {
    static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/media";
    static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/homes";
    static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final ContainerApps apps;
    final Client client;

    private Town(Options options) {
        apps = ContainerApps.start(options);
        client = new Client(apps);
        apps.put(ENVIRONMENT, ENVIRONMENT_BODY);
    }

    /// An app that serves with one replica.
    static Town serving() {
        var town = founded();
        town.create(body());
        return town;
    }

    /// An environment, and no app yet.
    static Town founded() {
        return new Town(Options.standing(START));
    }

    void create(ObjectNode body) {
        apps.put(APP, body.toString());
        apps.advance(Duration.ofMinutes(1));
    }

    static final String ENVIRONMENT_BODY = """
            {"location": "westeurope", "properties": {"workloadProfiles": [
              {"name": "Consumption", "workloadProfileType": "Consumption"},
              {"name": "big", "workloadProfileType": "D4", "minimumCount": 0, "maximumCount": 1}]}}""";

    /// The original set-up's app.
    static ObjectNode body() {
        return Json.object("""
                {"location": "westeurope",
                 "identity": {"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": {"%s": {}}},
                 "properties": {"environmentId": "%s", "configuration": {
                   "secrets": [{"name": "storage-key", "value": "s3cret"}],
                   "ingress": {"external": true, "targetPort": 8096}},
                  "template": {
                   "initContainers": [{"name": "restore-db", "image": "azure-cli:1",
                     "resources": {"cpu": 0.25, "memory": "0.5Gi"},
                     "env": [{"name": "KEY", "secretRef": "storage-key"}],
                     "volumeMounts": [{"volumeName": "db", "mountPath": "/data"}]}],
                   "containers": [
                    {"name": "jellyfin", "image": "jellyfin:10.11", "resources": {"cpu": 1.0, "memory": "2Gi"},
                     "env": [{"name": "JELLYFIN_DATA_DIR", "value": "/data"}, {"name": "EMPTY", "value": ""}],
                     "volumeMounts": [{"volumeName": "db", "mountPath": "/data"},
                                      {"volumeName": "media", "mountPath": "/media"}]},
                    {"name": "backup-agent", "image": "azure-cli:1", "resources": {"cpu": 0.25, "memory": "512Mi"}}],
                   "volumes": [{"name": "db", "storageType": "EmptyDir"},
                               {"name": "media", "storageType": "AzureFile", "storageName": "films"}],
                   "scale": {"minReplicas": 0, "maxReplicas": 1, "cooldownPeriod": 300}}}}""".formatted(IDENTITY, ENVIRONMENT));
    }

    /// A patch that makes a revision: the first container with another image, and no suffix.
    String newImage(String image) {
        var patch = Json.object();
        var template = patch.putObject("properties").putObject("template").putNull("revisionSuffix");
        var containers =
                body().path("properties").path("template").path("containers").deepCopy();
        ((ObjectNode) containers.path(0)).put("image", image);
        template.set("containers", containers);
        return patch.toString();
    }

    /// A patch of the template alone, with `suffix` null for none.
    static String template(String members) {
        return "{\"properties\": {\"template\": {\"revisionSuffix\": null, " + members + "}}}";
    }

    Answer patch(String body) {
        return client.patch(APP, body);
    }

    JsonNode properties() {
        return client.get(APP).json().path("properties");
    }

    String text(String... path) {
        return Json.text(properties(), path);
    }

    ObjectNode revision(String name) {
        return (ObjectNode) client.get(APP + "/revisions/" + name).json().path("properties");
    }

    /// One container of the only replica of a revision.
    ObjectNode container(String revision, String name) {
        var replica = Json.objects(client.get(APP + "/revisions/" + revision + "/replicas")
                        .json()
                        .path("value"))
                .getFirst();
        for (var list : List.of("initContainers", "containers")) {
            for (var container : Json.objects(replica.path("properties").path(list))) {
                if (Json.text(container, "name").equals(name)) {
                    return container;
                }
            }
        }
        throw new AssertionError("no container " + name + " in " + replica);
    }

    List<String> replicas(String revision) {
        return apps.replicas("jellyfin").getOrDefault(revision, List.of());
    }

    void advance(Duration by) {
        apps.advance(by);
    }

    @Override
    public void close() {
        apps.close();
    }
}
