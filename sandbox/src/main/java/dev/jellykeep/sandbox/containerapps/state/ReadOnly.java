package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.List;

/// What the service shows and ignores when it is sent back.
final class ReadOnly {
    private static final List<String> TOP = List.of("id", "name", "type", "systemData");
    private static final List<String> PROPERTIES = List.of(
            "provisioningState",
            "runningStatus",
            "deploymentErrors",
            "latestRevisionName",
            "latestReadyRevisionName",
            "latestRevisionFqdn",
            "customDomainVerificationId",
            "outboundIpAddresses",
            "eventStreamEndpoint");
    private static final List<String> IDENTITY = List.of("principalId", "tenantId");

    private ReadOnly() {}

    /// A copy of an app's body without it.
    static ObjectNode strip(ObjectNode body) {
        var result = body.deepCopy();
        result.remove(TOP);
        remove(result.path("properties"), PROPERTIES);
        remove(result.path("identity"), IDENTITY);
        remove(Json.at(result, "properties", "configuration", "ingress"), List.of("fqdn"));
        for (var identity : result.path("identity").path("userAssignedIdentities")) {
            remove(identity, List.of("principalId", "clientId"));
        }
        return result;
    }

    private static void remove(JsonNode from, List<String> names) {
        if (from instanceof ObjectNode object) {
            object.remove(names);
        }
    }
}
