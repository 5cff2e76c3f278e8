package dev.jellykeep.operator.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;

/// What only a deployment knows of its resources.
final class Runtime {
    private static final JsonMapper JSON = new JsonMapper();

    private Runtime() {}

    static void complete(String type, String id, ObjectNode resource) {
        ObjectNode properties = resource.withObjectProperty("properties");
        switch (type) {
            case "Microsoft.ManagedIdentity/userAssignedIdentities" ->
                properties
                        .put("clientId", AssignedIdentities.clientId(id))
                        .put("principalId", AssignedIdentities.principalId(id));
            case "Microsoft.OperationalInsights/workspaces" -> properties.put("customerId", "customer");
            case "Microsoft.ContainerService/managedClusters" ->
                properties.withObjectProperty("oidcIssuerProfile").put("issuerURL", "https://issuer.example/");
            case "Microsoft.App/containerApps" ->
                properties
                        .withObjectProperty("configuration")
                        .withObjectProperty("ingress")
                        .put("fqdn", "jellyfin.example");
            default -> {}
        }
    }

    static JsonNode call(String method) {
        if (!method.equals("listKeys")) {
            throw new IllegalArgumentException("no resource has " + method);
        }
        ObjectNode keys = JSON.createObjectNode().put("primarySharedKey", "key");
        keys.putArray("keys").addObject().put("value", "key");
        return keys;
    }
}
