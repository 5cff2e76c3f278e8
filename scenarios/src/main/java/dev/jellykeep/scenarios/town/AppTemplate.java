package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Jellyfin app as a family would deploy it: data and configuration on one EmptyDir, media on Azure Files, scale to
/// zero, one replica.
///
/// @param image Jellyfin's
/// @param standIn flags of the stand-in, where it runs in place of Jellyfin
/// @param dataMount where the EmptyDir is mounted
/// @param variables of Jellyfin's container
/// @param initContainers that somebody else has put there, as JSON
/// @param others containers that somebody else has put there, as JSON
/// @param maxReplicas Azure's default where 0
/// @param cooldown seconds until it falls asleep after the last request
/// @param readiness path of Jellyfin's that tells whether it may get traffic
public record AppTemplate(
        String image,
        String standIn,
        String dataMount,
        Map<String, String> variables,
        List<String> initContainers,
        List<String> others,
        int maxReplicas,
        int cooldown,
        String readiness) {
    private static final int USUAL_COOLDOWN = 300;
    private static final String HEALTH = "/health";
    private static final String HAND_WRITTEN = """
            {"name": "%s", "image": "mcr.microsoft.com/azure-cli:2.60.0", "command": ["/bin/bash", "-c", "%s"],
             "resources": {"cpu": 0.25, "memory": "0.5Gi"},
             "volumeMounts": [{"volumeName": "data", "mountPath": "/data"}]}
            """;

    /// The official image with its own folders.
    public static AppTemplate official() {
        return new AppTemplate(
                "jellyfin/jellyfin:10.11.3", "", "/config", Map.of(), List.of(), List.of(), 1, USUAL_COOLDOWN, HEALTH);
    }

    /// The set-up of those who wrote scripts: DESIGN §1. What their containers do has no part in it but that they run.
    public static AppTemplate original() {
        return new AppTemplate(
                "jellyfin/jellyfin:10.11.3",
                "",
                "/data",
                Map.of("JELLYFIN_DATA_DIR", "/data"),
                List.of(HAND_WRITTEN.formatted("restore-db", "echo restore-db: nothing to do")),
                List.of(HAND_WRITTEN.formatted(
                        "backup-agent", "trap exit TERM; while sleep 14400 & wait; do echo next; done")),
                0,
                USUAL_COOLDOWN,
                HEALTH);
    }

    public AppTemplate withStandIn(String flags) {
        return new AppTemplate(
                image, flags, dataMount, variables, initContainers, others, maxReplicas, cooldown, readiness);
    }

    public AppTemplate withCooldown(int seconds) {
        return new AppTemplate(
                image, standIn, dataMount, variables, initContainers, others, maxReplicas, seconds, readiness);
    }

    public AppTemplate withReadiness(String path) {
        return new AppTemplate(
                image, standIn, dataMount, variables, initContainers, others, maxReplicas, cooldown, path);
    }

    public AppTemplate withImage(String other) {
        return new AppTemplate(
                other, standIn, dataMount, variables, initContainers, others, maxReplicas, cooldown, readiness);
    }

    public AppTemplate with(String variable, String value) {
        var all = new LinkedHashMap<>(variables);
        all.put(variable, value);
        return new AppTemplate(
                image, standIn, dataMount, all, initContainers, others, maxReplicas, cooldown, readiness);
    }

    /// The body of a PUT.
    String json() {
        var environment = new ArrayList<String>();
        variables.forEach((name, value) -> environment.add(variable(name, value)));
        if (!standIn.isEmpty()) {
            environment.add(variable("STANDIN_OPTIONS", standIn));
        }
        var containers =
                new ArrayList<>(List.of("""
                {"name": "jellyfin", "image": "%s", "resources": {"cpu": 1.0, "memory": "2Gi"}, "env": [%s],
                 "probes": [{"type": "Readiness", "httpGet": {"port": 8096, "path": "%s"}, "periodSeconds": 1}],
                 "volumeMounts": [{"volumeName": "data", "mountPath": "%s"},
                                  {"volumeName": "media", "mountPath": "/media"}]}
                """.formatted(image, String.join(", ", environment), readiness, dataMount)));
        containers.addAll(others);
        return """
                {"location": "westeurope",
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
                 "properties": {"environmentId": "%s", "workloadProfileName": "Consumption",
                  "configuration": {"activeRevisionsMode": "Single",
                    "ingress": {"external": true, "targetPort": 8096}},
                  "template": {
                    "terminationGracePeriodSeconds": 120,
                    "initContainers": [%s],
                    "containers": [%s],
                    "volumes": [{"name": "data", "storageType": "EmptyDir"},
                                {"name": "media", "storageType": "AzureFile", "storageName": "media"}],
                    "scale": {"minReplicas": 0, %s"cooldownPeriod": %d}}}}
                """.formatted(
                        Ids.IDENTITY,
                        Ids.ENVIRONMENT,
                        String.join(", ", initContainers),
                        String.join(", ", containers),
                        maxReplicas == 0 ? "" : "\"maxReplicas\": " + maxReplicas + ", ",
                        cooldown);
    }

    private static String variable(String name, String value) {
        return "{\"name\": " + new TextNode(name) + ", \"value\": " + new TextNode(value) + "}";
    }
}
