package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// Whether both our containers can be who they should be. An identity that isn't listed in
/// `identitySettings` is there for all containers; where init containers get none at all, only a secret
/// is left.
final class AccessInReplica {
    private static final String SECRET_INSTEAD =
            "write spec.storage.identity: {secretName: NAME} for an app secret with a connection string";

    private AccessInReplica() {}

    static void check(AppTree app, AppName name, Access access, Hosting hosting, Findings findings) {
        switch (access) {
            case Access.Secret _ -> {}
            case Access.SystemAssigned() -> identity(app, name, "system", hosting, findings);
            case Access.UserAssigned user -> identity(app, name, user.id(), hosting, findings);
        }
    }

    private static void identity(AppTree app, AppName name, String id, Hosting hosting, Findings findings) {
        switch (hosting) {
            case Hosting.ConsumptionProfile() -> {}
            case Hosting.ConsumptionOnly() ->
                findings.refuse(
                        RefusalReason.IDENTITY_HIDDEN_FROM_INIT,
                        "the environment of %s has no workload profiles, and there init containers get no identity"
                                .formatted(name),
                        SECRET_INSTEAD + ", or move the app to an environment with workload profiles");
            case Hosting.Dedicated dedicated ->
                findings.refuse(
                        RefusalReason.IDENTITY_HIDDEN_FROM_INIT,
                        "%s runs on the workload profile %s, and only on Consumption do init containers get an identity"
                                .formatted(name, dedicated.profile()),
                        SECRET_INSTEAD + ", or: " + name.az("update", "--workload-profile-name Consumption"));
            case Hosting.Unknown() ->
                findings.refuse(
                        RefusalReason.ENVIRONMENT_UNKNOWN,
                        "the environment of %s couldn't be read, and in some of them init containers get no identity"
                                .formatted(name),
                        "az role assignment create --role Reader --assignee WHO --scope "
                                + ShellWord.of(
                                        app.properties().path("environmentId").asText("ENVIRONMENT_ID"))
                                + " (WHO: the operator's identity), or " + SECRET_INSTEAD);
        }
        lifecycle(app, name, id, findings);
    }

    private static void lifecycle(AppTree app, AppName name, String id, Findings findings) {
        Members.list(app.configuration(), "identitySettings").stream()
                .filter(each -> each.path("identity").asText().equalsIgnoreCase(id))
                .findFirst()
                .ifPresent(
                        each -> lifecycle(app, name, id, each.path("lifecycle").asText("All"), findings));
    }

    private static void lifecycle(AppTree app, AppName name, String id, String lifecycle, Findings findings) {
        RefusalReason reason = switch (lifecycle.toLowerCase(Locale.ROOT)) {
            case "all" -> null;
            case "init" -> RefusalReason.IDENTITY_HIDDEN_FROM_SIDECAR;
            default -> RefusalReason.IDENTITY_HIDDEN_FROM_INIT;
        };
        if (reason != null) {
            findings.refuse(
                    reason,
                    "identitySettings of %s give the identity %s only to %s, and the agent needs it in both its containers"
                            .formatted(name, id, lifecycle),
                    name.patch(withAll(app, id)));
        }
    }

    /// The array complete, since a patch replaces it whole.
    private static String withAll(AppTree app, String id) {
        ArrayNode settings = Members.JSON.arrayNode();
        for (JsonNode each : Members.list(app.configuration(), "identitySettings")) {
            ObjectNode copy = each.deepCopy();
            if (copy.path("identity").asText().equalsIgnoreCase(id)) {
                copy.put("lifecycle", "All");
            }
            settings.add(copy);
        }
        ObjectNode body = Members.JSON.objectNode();
        body.putObject("properties").putObject("configuration").set("identitySettings", settings);
        return body.toString();
    }
}
