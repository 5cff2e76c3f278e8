package dev.jellykeep.operator.arm.azure;

/// Bodies as Microsoft.App sends them, by the examples of its specification (2026-07-01), with a member
/// that nobody knows in each object.
final class Bodies {
    static final String ENVIRONMENT_ID =
            WireMockArm.SUBSCRIPTION + "/resourceGroups/media/providers/Microsoft.App/managedEnvironments/env";

    static final String APP = """
            {"id": "%s/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin", "name": "jellyfin",
             "type": "Microsoft.App/containerApps", "location": "West Europe", "kind": null, "novel": [1, {"a": null}],
             "identity": {"type": "SystemAssigned", "novel": "x"},
             "properties": {
               "provisioningState": "Succeeded", "runningStatus": "Running", "environmentId": "%s",
               "networking": {"outboundVnetSubnetId": "/subnet"}, "novel": {"deep": [true]},
               "latestRevisionName": "jellyfin--0000004", "latestReadyRevisionName": "jellyfin--0000004",
               "configuration": {"activeRevisionsMode": "Single", "secrets": [{"name": "s1"}], "novel": 1.50},
               "template": {
                 "revisionSuffix": "", "initContainers": null,
                 "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11", "imageType": "ContainerImage",
                   "env": [{"name": "A"}], "resources": {"cpu": 1.0, "memory": "2Gi", "ephemeralStorage": "4Gi"},
                   "volumeMounts": [{"volumeName": "data", "mountPath": "/data", "novel": 12345678901234567890}]}],
                 "volumes": [{"name": "data", "storageType": "EmptyDir"}],
                 "scale": {"minReplicas": 0, "maxReplicas": 1, "rules": null, "allowScalingRuleOverride": false}}}}
            """.formatted(WireMockArm.SUBSCRIPTION, ENVIRONMENT_ID);

    static final String REPLICAS = """
            {"value": [{"name": "jellyfin--0000004-5b7d-x", "type": "Microsoft.App/containerApps/revisions/replicas",
              "properties": {"createdTime": "2026-11-01T07:00:00.123Z", "runningState": "Running", "novel": 1,
                "initContainers": [{"name": "jellykeep-restore", "ready": false, "restartCount": 3,
                  "runningState": "Terminated", "runningStateDetails": "Error: JELLYKEEP RESTORE FAILED"}],
                "containers": [{"name": "jellyfin", "containerId": "containerd://1", "ready": true, "started": true,
                  "restartCount": 0, "runningState": "Running", "debugEndpoint": "https://x"}]}}]}
            """;

    static final String ENVIRONMENT = """
            {"id": "%s", "name": "env", "type": "Microsoft.App/managedEnvironments", "location": "westeurope",
             "kind": "containerapps", "novel": 1,
             "properties": {"provisioningState": "Succeeded", "novel": 1, "workloadProfiles": [
               {"workloadProfileType": "Consumption", "name": "Consumption"},
               {"workloadProfileType": "D4", "name": "big", "minimumCount": 0, "maximumCount": 2}]}}
            """.formatted(ENVIRONMENT_ID);

    private Bodies() {}

    static String revisions(boolean active) {
        return """
                {"value": [{"name": "jellyfin--0000004", "type": "Microsoft.App/containerapps/revisions", "properties": {
                  "createdTime": "2026-11-01T06:00:00+00:00", "active": %s, "replicas": 1, "trafficWeight": 100,
                  "healthState": "Healthy", "provisioningState": "Provisioned", "runningState": "RunningAtMaxScale",
                  "runningStateDetails": "1/1 replicas ready", "template": {"containers": []}, "novel": 1}}]}
                """.formatted(active);
    }
}
