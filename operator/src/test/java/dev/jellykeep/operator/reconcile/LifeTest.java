package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy's whole life, told by what arrives in Azure and Blob.
class LifeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Configuration outside of the volume, two hand-written containers, ten replicas.
    private static final String ORIGINAL = """
            {"location": "westeurope",
             "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
             "properties": {"environmentId": "%s", "workloadProfileName": "Consumption",
              "configuration": {"secrets": [{"name": "media-key", "value": "secret"}],
                "ingress": {"external": true, "targetPort": 8096}},
              "template": {
                "initContainers": [{"name": "restore-db", "image": "mcr.microsoft.com/azure-cli",
                  "command": ["/bin/bash", "-c", "/scripts/restore.sh"],
                  "env": [{"name": "AZURE_STORAGE_KEY", "secretRef": "media-key"}],
                  "resources": {"cpu": 0.25, "memory": "0.5Gi"},
                  "volumeMounts": [{"volumeName": "data", "mountPath": "/data"}]}],
                "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11.3",
                  "env": [{"name": "JELLYFIN_DATA_DIR", "value": "/data"}%s],
                  "resources": {"cpu": 0.5, "memory": "1Gi"},
                  "volumeMounts": [{"volumeName": "data", "mountPath": "/data"}]},
                 {"name": "backup-agent", "image": "mcr.microsoft.com/azure-cli",
                  "command": ["/bin/bash", "-c", "/scripts/backup.sh"],
                  "env": [{"name": "AZURE_STORAGE_KEY", "secretRef": "media-key"}],
                  "resources": {"cpu": 0.25, "memory": "0.5Gi"},
                  "volumeMounts": [{"volumeName": "data", "mountPath": "/data"}]}],
                "volumes": [{"name": "data", "storageType": "EmptyDir"}],
                "scale": {"minReplicas": 0, "maxReplicas": 10}}}}
            """;

    @TempDir
    Path blobs;

    private static boolean succeeded(Cluster cluster) {
        return cluster.reason("Ready").equals("True/Succeeded");
    }

    private static String original(String env) {
        return ORIGINAL.replaceFirst("%s", Cluster.IDENTITY)
                .replaceFirst("%s", Cluster.ENVIRONMENT)
                .replaceFirst("%s", env);
    }

    @Test
    void theOriginalSetUpIsRefusedMendedTakenOverAndInjected() {
        try (Cluster cluster = new Cluster(
                blobs, original(""), "containerApp: {resourceId: " + Cluster.APP + ", container: jellyfin}")) {
            cluster.step();
            assertThat(cluster.reason("Stalled")).isEqualTo("True/MultipleReplicasAllowed");
            assertThat(cluster.ready())
                    .contains(
                            "scale: Enforce",
                            "JELLYFIN_CONFIG_DIR=/data/config",
                            "takeOver: [restore-db, backup-agent]");
            assertThat(cluster.writes()).isEmpty();

            cluster.azure.put(
                    Cluster.APP, original(", {\"name\": \"JELLYFIN_CONFIG_DIR\", \"value\": \"/data/config\"}"));
            cluster.edit("containerApp: {resourceId: " + Cluster.APP
                    + ", container: jellyfin}\ntakeOver: [restore-db, backup-agent]\nscale: Enforce");
            cluster.azure.scale("jellyfin", 0);
            cluster.runUntil(Duration.ofMinutes(30), LifeTest::succeeded);

            assertThat(cluster.containers()).containsExactly("jellykeep-restore", "jellyfin", "jellykeep-agent");
            assertThat(cluster.writes()).hasSize(1);
            assertThat(cluster.azure
                            .get(Cluster.APP)
                            .at("/properties/template/scale/maxReplicas")
                            .asInt())
                    .isEqualTo(1);
            assertThat(cluster.azure.get(Cluster.APP).at("/properties/configuration/secrets"))
                    .as("its secret is still there")
                    .hasSize(1);
        }
    }

    @Test
    void anAppEndsAsItBeganOnceItsPolicyIsGone() throws Exception {
        String foreign = """
                {"location": "westeurope", "tags": {"owner": "family"},
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
                 "properties": {"environmentId": "%s", "workloadProfileName": "Consumption",
                  "configuration": {"secrets": [{"name": "s1", "value": "one"}, {"name": "s2", "value": "two"}],
                    "ingress": {"external": true, "targetPort": 8096}},
                  "template": {"terminationGracePeriodSeconds": 45,
                    "initContainers": [
                     {"name": "warm-up", "image": "busybox:1", "args": ["true"],
                      "resources": {"cpu": 0.25, "memory": "0.5Gi"}}],
                    "containers": [
                     {"name": "vpn", "image": "vpn:1", "env": [{"name": "KEY", "secretRef": "s1"}],
                      "resources": {"cpu": 0.25, "memory": "0.5Gi"}},
                     {"name": "jellyfin", "image": "jellyfin/jellyfin:10.11.3",
                      "resources": {"cpu": 1.0, "memory": "2Gi"},
                      "volumeMounts": [{"volumeName": "config", "mountPath": "/config"}]},
                     {"name": "metrics", "image": "metrics:1", "env": [{"name": "EMPTY", "value": ""}],
                      "resources": {"cpu": 0.25, "memory": "0.5Gi"}}],
                    "volumes": [{"name": "config", "storageType": "EmptyDir"}],
                    "scale": {"minReplicas": 0, "maxReplicas": 1}}}}
                """.formatted(Cluster.IDENTITY, Cluster.ENVIRONMENT);
        String named = "containerApp: {resourceId: " + Cluster.APP + ", container: jellyfin}\n";
        try (Cluster cluster = new Cluster(blobs, foreign, named)) {
            cluster.azure.on(Quirk.FUTURE_MEMBERS);
            JsonNode before = template(cluster);
            cluster.runUntil(Duration.ofMinutes(30), LifeTest::succeeded);
            assertThat(template(cluster)).isNotEqualTo(before);
            cluster.edit(named + "interval: 1h\ndeletion: {injection: Remove, confirmDataLoss: true}");
            cluster.runUntil(
                    Duration.ofMinutes(30),
                    each -> succeeded(each) && each.writes().size() == 2);

            Instant deleted = cluster.azure.now();
            Instant end = deleted.plus(Duration.ofMinutes(30));
            while (!cluster.farewell(deleted) && cluster.azure.now().isBefore(end)) {
                cluster.azure.advance(Duration.ofSeconds(15));
            }
            assertThat(cluster.farewell(deleted)).isTrue();
            assertThat(template(cluster)).isEqualTo(before);
            assertThat(cluster.azure.get(Cluster.APP).at("/properties/configuration/secrets"))
                    .hasSize(2);
            assertThat(cluster.writes()).hasSize(3);
            assertThat(Files.exists(blobs.resolve("lineage.json")))
                    .as("archives are never deleted")
                    .isTrue();
        }
    }

    @Test
    void aPolicyThatIsDeletedLeavesAnEmptyDirsAppProtected() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "deletion: {injection: Remove}")) {
            cluster.runUntil(Duration.ofMinutes(30), LifeTest::succeeded);
            assertThat(cluster.farewell(cluster.azure.now())).isTrue();
            assertThat(cluster.containers()).contains("jellykeep-restore", "jellykeep-agent");
            assertThat(cluster.writes()).hasSize(1);
        }
    }

    @Test
    void whatIsAskedAtZeroReplicasIsAnsweredAtOnce() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "trigger: {backup: run-17}")) {
            cluster.annotations.put(BackupRequests.ANNOTATION, "now");
            cluster.runUntil(Duration.ofMinutes(30), LifeTest::succeeded);
            assertThat(cluster.status().requests())
                    .extracting(each -> each.value() + " " + each.result().split(":", 2)[0])
                    .containsExactlyInAnyOrder("now NoReplica", "run-17 NoReplica");
            assertThat(blobs.resolve("control")).isDirectoryNotContaining("glob:**/backup-*");
        }
    }

    @Test
    void aBackupThatIsAskedOfAServerThatHasJustWokenReachesIt() {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "")) {
            cluster.runUntil(Duration.ofMinutes(30), LifeTest::succeeded);
            cluster.reportOfHolder();
            cluster.annotations.put(BackupRequests.ANNOTATION, "now");
            cluster.step();
            assertThat(cluster.status().requests())
                    .extracting(RequestStatus::result)
                    .as("the last look at Blob saw nobody")
                    .containsExactly("Asked");
            assertThat(blobs.resolve("control")).isNotEmptyDirectory();
        }
    }

    @Test
    void pausingGoesThroughBlobAndNeverThroughTheTemplate() throws Exception {
        try (Cluster cluster = new Cluster(blobs, Cluster.usualApp(""), "")) {
            cluster.runUntil(Duration.ofMinutes(30), LifeTest::succeeded);
            cluster.edit("suspend: true");
            cluster.runFor(Duration.ofMinutes(1));
            assertThat(Files.readString(blobs.resolve(BlobLayout.SUSPEND))).contains("true");
            assertThat(cluster.reason("Protected")).isEqualTo("False/Suspended");
            cluster.edit("suspend: false");
            cluster.runFor(Duration.ofMinutes(1));
            assertThat(Files.readString(blobs.resolve(BlobLayout.SUSPEND))).contains("false");
            assertThat(cluster.writes()).as("patches").hasSize(1);
        }
    }

    /// Of a template all that isn't the server's to add, `null` and `[]` taken for nothing.
    private static JsonNode template(Cluster cluster) throws Exception {
        ObjectNode template = (ObjectNode) JSON.readTree(
                cluster.azure.get(Cluster.APP).at("/properties/template").toString());
        clean(template);
        template.remove("revisionSuffix");
        return template;
    }

    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(each -> each.getValue().isNull()
                            || (each.getValue().isArray() && each.getValue().isEmpty())
                            || each.getKey().equals("ephemeralStorage")
                            || (each.getKey().equals("value")
                                    && each.getValue().asText().isEmpty()))
                    .map(java.util.Map.Entry::getKey)
                    .toList()
                    .forEach(object::remove);
        }
        List.copyOf(children(node)).forEach(LifeTest::clean);
    }

    private static List<JsonNode> children(JsonNode node) {
        List<JsonNode> children = new java.util.ArrayList<>();
        node.forEach(children::add);
        return children;
    }
}
