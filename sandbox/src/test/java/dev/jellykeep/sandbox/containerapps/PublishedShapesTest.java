package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.OperationHeader;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A witness that isn't our operator: requests shaped like the examples `ContainerApps_CreateOrUpdate` and
/// `ContainerApps_Patch` of the published specification, over plain HTTP.
class PublishedShapesTest {
    private static final String APP = Town.GROUP + "/providers/Microsoft.App/containerApps/shop";

    private final Town town = Town.founded();

    @AfterEach
    void close() {
        town.close();
    }

    private static final String CREATE = """
            {"location": "East US",
             "identity": {"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": {"%1$s": {}}},
             "properties": {
              "environmentId": "%2$s", "workloadProfileName": "big",
              "configuration": {
               "ingress": {"external": true, "targetPort": 3000,
                "customDomains": [{"name": "www.example.org", "bindingType": "SniEnabled", "certificateId": "%2$s/certificates/c"}],
                "traffic": [{"weight": 100, "revisionName": "shop--0000001", "label": "production"}],
                "ipSecurityRestrictions": [{"name": "office", "ipAddressRange": "192.0.2.1/32", "action": "Allow"}],
                "stickySessions": {"affinity": "sticky"}, "clientCertificateMode": "accept",
                "corsPolicy": {"allowedOrigins": ["https://a.example.org"], "allowedMethods": ["GET"], "maxAge": 1234},
                "additionalPortMappings": [{"external": true, "targetPort": 1234},
                                           {"external": false, "targetPort": 2345, "exposedPort": 3456}]},
               "dapr": {"enabled": true, "appPort": 3000, "appProtocol": "http", "httpReadBufferSize": 30},
               "maxInactiveRevisions": 10, "service": {"type": "redis"}, "runtime": {"java": {"enableMetrics": true}},
               "identitySettings": [{"identity": "%1$s", "lifecycle": "All"}, {"identity": "system", "lifecycle": "Init"}]},
              "template": {
               "containers": [{"image": "shop:v1", "name": "shop",
                "probes": [{"type": "Liveness", "httpGet": {"path": "/health", "port": 8080,
                  "httpHeaders": [{"name": "Custom-Header", "value": "Awesome"}]},
                  "initialDelaySeconds": 3, "periodSeconds": 3}],
                "volumeMounts": [{"volumeName": "files", "mountPath": "/mnt/path1", "subPath": "subPath1"}]}],
               "initContainers": [{"image": "shop:v4", "name": "shop-init", "resources": {"cpu": 0.5, "memory": "1Gi"},
                "command": ["/bin/sh"], "args": ["-c", "echo hello"]}],
               "scale": {"minReplicas": 1, "maxReplicas": 5, "cooldownPeriod": 350, "pollingInterval": 35,
                "rules": [{"name": "httpscalingrule", "custom": {"type": "http", "metadata": {"concurrentRequests": "50"}}},
                          {"name": "queue", "azureQueue": {"accountName": "account1", "queueName": "queue1",
                           "queueLength": 1, "identity": "system"}}]},
               "serviceBinds": [{"serviceId": "%3$s", "name": "redisService"}],
               "volumes": [{"name": "files", "storageType": "AzureFile", "storageName": "storage"}]}}}""".formatted(Town.IDENTITY, Town.ENVIRONMENT, APP + "-redis");

    private static final String PATCH = """
            {"location": "East US", "tags": {"tag1": "value1", "tag2": "value2"},
             "properties": {
              "configuration": {
               "ingress": {"external": true, "targetPort": 3000, "stickySessions": {"affinity": "sticky"}},
               "dapr": {"enabled": true, "appHealth": {"enabled": true, "path": "/health", "threshold": 3},
                        "maxConcurrency": 10},
               "maxInactiveRevisions": 10},
              "template": {
               "containers": [{"image": "shop:v2", "name": "shop"}],
               "initContainers": [{"image": "shop:v4", "name": "shop-init", "resources": {"cpu": 0.5, "memory": "1Gi"}}],
               "scale": {"minReplicas": 1, "maxReplicas": 5, "cooldownPeriod": 350, "pollingInterval": 35}}}}""";

    @Test
    void an_app_is_created_as_the_specification_shows_it() {
        var created = town.client.under("2025-01-01").put(APP, CREATE);
        assertThat(created.status()).as("%s", created.json()).isEqualTo(201);
        assertThat(created.header("Azure-AsyncOperation")).contains("/providers/Microsoft.App/locations/");
        assertThat(Json.text(created.json(), "properties", "provisioningState")).isEqualTo("InProgress");
        town.advance(Duration.ofMinutes(1));
        var status = town.client.follow(created.header("Azure-AsyncOperation")).json();
        assertThat(Json.text(status, "status")).isEqualTo("Succeeded");
        town.apps.on(Quirk.HTTP_RULES_RENAMED);
        var app = town.client.under("2025-01-01").get(APP).json();
        assertThat(Json.text(app, "location")).isEqualTo("East US");
        assertThat(Json.text(app, "identity", "principalId")).isNotEmpty();
        var properties = app.path("properties");
        assertThat(Json.text(properties, "provisioningState")).isEqualTo("Succeeded");
        assertThat(Json.text(properties, "managedEnvironmentId")).isEqualTo(Town.ENVIRONMENT);
        assertThat(Json.text(properties, "latestReadyRevisionName")).isEqualTo("shop--0000001");
        assertThat(Json.text(properties, "configuration", "ingress", "fqdn")).startsWith("shop.");
        assertThat(properties.at("/template/containers/0/resources/cpu").decimalValue())
                .isEqualByComparingTo("0.5");
        assertThat(properties
                        .at("/template/scale/rules/0/http/metadata/concurrentRequests")
                        .textValue())
                .isEqualTo("50");
        assertThat(properties.at("/configuration/ingress/corsPolicy/maxAge").intValue())
                .isEqualTo(1234);
    }

    @Test
    void a_patch_as_the_specification_shows_it_is_accepted_with_the_header_of_its_example() {
        town.client.put(APP, CREATE);
        town.advance(Duration.ofMinutes(1));
        town.apps.change(settings ->
                settings.withHeaders(OperationHeader.AZURE_ASYNC_OPERATION, OperationHeader.AZURE_ASYNC_OPERATION));
        var begun = town.client.patch(APP, PATCH);
        assertThat(begun.status()).as("%s", begun.json()).isEqualTo(202);
        assertThat(begun.header("azure-asyncoperation")).isNotEmpty();
        town.advance(Duration.ofMinutes(2));
        var app = town.client.get(APP).json();
        assertThat(Json.text(app, "tags", "tag2")).isEqualTo("value2");
        assertThat(app.at("/properties/template/containers/0/image").textValue())
                .isEqualTo("shop:v2");
        assertThat(app.at("/properties/template/containers/0/probes")).isEmpty();
        assertThat(app.at("/properties/template/volumes")).hasSize(1);
        assertThat(app.at("/properties/configuration/dapr/appPort").intValue()).isEqualTo(3000);
        assertThat(app.at("/properties/configuration/dapr/maxConcurrency").intValue())
                .isEqualTo(10);
        assertThat(Json.text(app, "properties", "latestReadyRevisionName")).isEqualTo("shop--0000002");
        var revisions = town.client.get(APP + "/revisions").json().path("value");
        assertThat(revisions.at("/0/properties/active").booleanValue()).isFalse();
        assertThat(revisions.at("/1/properties/replicas").intValue()).isEqualTo(1);
    }

    @Test
    void containers_without_resources_get_half_a_cpu_each() {
        var init = CREATE.replace("\"resources\": {\"cpu\": 0.5, \"memory\": \"1Gi\"},", "")
                .replace(
                        "{\"image\": \"shop:v1\",",
                        "{\"resources\": {\"cpu\": 0.25, \"memory\": \"0.5Gi\"}, \"image\": \"shop:v1\",");
        assertThat(town.client.put(APP, init).code()).isEqualTo("ContainerAppInitContainersInvalidCpu");
    }
}
