package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.NewerMembers;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.util.List;

/// Apps as GET shows them: what was written, with what the service adds, hides and spells otherwise.
public final class AppView {
    private static final String TYPE = "Microsoft.App/containerApps";
    private static final String TENANT = "00000000-0000-0000-0000-00000000feed";

    private final World world;
    private final TemplateView templates;

    public AppView(World world) {
        this.world = world;
        this.templates = new TemplateView(world);
    }

    /// One app.
    public ObjectNode get(ArmPath path, String apiVersion) {
        return show(world.get(path), apiVersion);
    }

    /// Whether there is one.
    public boolean exists(ArmPath path) {
        return world.find(path).isPresent();
    }

    /// All below a scope: a subscription, or a resource group.
    public List<ObjectNode> list(String scope, String apiVersion) {
        var below = ArmPath.key(scope) + "/";
        return world.apps().stream()
                .filter(app -> app.path().key(0).startsWith(below))
                .map(app -> show(app, apiVersion))
                .toList();
    }

    /// The secrets of an app with their values.
    public List<ObjectNode> secrets(ArmPath path) {
        return Json.objects(world.get(path).configuration().path("secrets")).stream()
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /// An app that was just written, or deleted since.
    public ObjectNode show(App app, String apiVersion) {
        var shown = app.stored().deepCopy();
        var odd = world.settings().has(Quirk.ODD_CASING);
        shown.put("id", odd ? oddId(app) : app.id());
        shown.put("name", app.name()).put("type", TYPE);
        if (odd) {
            shown.put("location", Locations.shown(Json.text(shown, "location")));
        }
        shown.set("systemData", app.systemData().json());
        identity(app, shown);
        var properties = Json.section(shown, "properties");
        properties.set("managedEnvironmentId", properties.path("environmentId"));
        configuration(app, Json.section(properties, "configuration"));
        var template = templates.show(app.template(), app);
        if (world.settings().has(Quirk.DEFAULTS_SHOWN) && !template.has("revisionSuffix")) {
            template.put("revisionSuffix", "");
        }
        properties.set("template", template);
        state(app, properties);
        if (world.settings().has(Quirk.NEWER_MEMBERS_HIDDEN)) {
            NewerMembers.hide(shown, apiVersion);
        }
        return shown;
    }

    private void state(App app, ObjectNode properties) {
        var ended = app.failed() ? "Failed" : "Succeeded";
        var running = app.deleting() ? "Deleting" : "InProgress";
        properties.put("provisioningState", app.busy() ? running : ended);
        properties.put("runningStatus", app.busy() ? "Progressing" : app.stopped() ? "Stopped" : "Running");
        var newest = app.newest().map(Revision::name).orElse("");
        properties.put("latestRevisionName", newest);
        properties.put("latestReadyRevisionName", app.latestReady());
        properties.put("latestRevisionFqdn", app.configuration().path("ingress").isObject() ? fqdn(newest) : "");
        properties.put("customDomainVerificationId", AssignedIdentities.principalId("domain:" + app.id()));
        properties.putArray("outboundIpAddresses").add("203.0.113.10");
        properties.put("eventStreamEndpoint", "https://sandbox.invalid" + app.id() + "/eventstream");
    }

    private void configuration(App app, ObjectNode configuration) {
        if (!configuration.has("activeRevisionsMode")) {
            configuration.put("activeRevisionsMode", "Single");
        }
        if (world.settings().has(Quirk.SECRET_VALUES_HIDDEN)) {
            Json.objects(configuration.path("secrets")).forEach(secret -> secret.remove("value"));
        }
        if (configuration.path("ingress") instanceof ObjectNode ingress) {
            ingress.put("fqdn", fqdn(app.name()));
        }
    }

    private void identity(App app, ObjectNode shown) {
        if (!(shown.path("identity") instanceof ObjectNode identity)) {
            return;
        }
        var assigned = AssignedIdentities.of(app.stored());
        if (assigned.system()) {
            identity.put("principalId", AssignedIdentities.principalId(app.id()))
                    .put("tenantId", TENANT);
        }
        for (var user : assigned.users()) {
            Json.section(identity, "userAssignedIdentities", user)
                    .put("principalId", AssignedIdentities.principalId(user))
                    .put("clientId", AssignedIdentities.clientId(user));
        }
        if (assigned.system() && !assigned.users().isEmpty()) {
            var spaced = world.settings().has(Quirk.IDENTITY_TYPE_SPACED);
            identity.put("type", spaced ? "SystemAssigned, UserAssigned" : "SystemAssigned,UserAssigned");
        }
    }

    private static String fqdn(String name) {
        return name.isEmpty() ? "" : name + ".sandbox.invalid";
    }

    private static String oddId(App app) {
        return app.id().replaceFirst("(?i)/resourceGroups/", "/resourcegroups/");
    }
}
