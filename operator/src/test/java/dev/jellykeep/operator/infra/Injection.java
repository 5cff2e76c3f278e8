package dev.jellykeep.operator.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.operator.cli.BicepText;
import dev.jellykeep.operator.desired.AgentRelease;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Policies;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.operator.desired.Rendering;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// `infra/modules/injection.bicep`: what the operator would put into the app, with a parameter in the place of each
/// value that a deployment decides.
final class Injection {
    static final JsonMapper JSON = new JsonMapper();

    private static final String GROUP = Deployment.SUBSCRIPTION + "/resourceGroups/placeholder";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/placeholder";
    private static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/placeholder";
    private static final LineageId LINEAGE = new LineageId(new UUID(0x5000L, 0x8000000000000000L));

    private Injection() {}

    static String text() {
        ObjectNode block = block();
        Map<String, String> placeholders = placeholders();
        StringBuilder text = new StringBuilder("""
                // Jellykeep's two containers, as its operator puts them into an app. Made from the operator's plan code by
                // tools/update-docs, and kept equal by a test: not edited by hand.
                @export()
                @description('Seconds from SIGTERM to SIGKILL: time for the last backup.')
                var graceSeconds = %s

                """.formatted(block.path("terminationGracePeriodSeconds")));
        text.append(function(
                "restoreContainer",
                "Restores the data before Jellyfin starts.",
                block.at("/initContainers/0"),
                placeholders));
        text.append('\n');
        text.append(function(
                "agentContainer", "Backs the data up while Jellyfin runs.", block.at("/containers/0"), placeholders));
        return text.toString();
    }

    private static String function(String name, String says, JsonNode container, Map<String, String> placeholders) {
        String body = BicepText.of(container);
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
            String quoted = "'" + each.getKey() + "'";
            if (!body.contains(quoted)) {
                throw new IllegalStateException("nothing of the injection is " + each);
            }
            body = body.replace(quoted, each.getValue());
        }
        if (body.contains("placeholder")) {
            throw new IllegalStateException("a placeholder is left in " + body);
        }
        List<String> parameters = new ArrayList<>();
        placeholders.values().forEach(each -> parameters.add(each + " string"));
        return "@export()\n@description('%s')\nfunc %s(%s) object => %s\n"
                .formatted(says, name, String.join(", ", parameters), body);
    }

    /// What stands for what, in the order of the functions' parameters.
    private static Map<String, String> placeholders() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("registry.example/placeholder:1", "image");
        names.put("https://placeholder.blob.core.windows.net", "accountUrl");
        names.put("placeholder-container", "container");
        names.put(LINEAGE.toString(), "lineage");
        names.put(APP.toLowerCase(Locale.ROOT), "app");
        names.put("placeholder/policy", "policy");
        names.put("4Gi", "disk");
        names.put(AssignedIdentities.clientId(IDENTITY), "clientId");
        return names;
    }

    private static ObjectNode block() {
        try {
            var spec = Policies.spec(JSON.readTree("""
                    {"containerApp": {"resourceId": "%s"},
                     "storage": {"accountUrl": "https://placeholder.blob.core.windows.net",
                                 "container": "placeholder-container"}}
                    """.formatted(APP)));
            JsonNode app = JSON.readTree("""
                    {"id": "%s", "name": "placeholder",
                     "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {"clientId": "%s"}}},
                     "properties": {"environmentId": "x", "workloadProfileName": "Consumption",
                      "configuration": {"activeRevisionsMode": "Single", "ingress": {"targetPort": 8096}},
                      "template": {
                       "containers": [{"name": "jellyfin", "image": "docker.io/jellyfin/jellyfin:10.11.3",
                         "resources": {"cpu": 0.75, "memory": "1.5Gi"},
                         "volumeMounts": [{"volumeName": "config", "mountPath": "/config"}]}],
                       "volumes": [{"name": "config", "storageType": "EmptyDir"}],
                       "scale": {"minReplicas": 0, "maxReplicas": 1, "cooldownPeriod": 300}}}}
                    """.formatted(APP, IDENTITY, AssignedIdentities.clientId(IDENTITY)));
            Rendering rendering = Planner.render(new PlanInput(
                    new PolicyName("placeholder", "policy"),
                    spec,
                    app,
                    LINEAGE,
                    new AgentRelease("registry.example/placeholder:1", Settings.CONTRACT_VERSION, Map.of()),
                    null,
                    null));
            if (rendering instanceof Rendering.Block(ObjectNode template, var _)) {
                return template;
            }
            throw new IllegalStateException(rendering.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
