package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.NewerMembers;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.util.List;

/// Revisions as GET shows them.
public final class RevisionView {
    private final World world;
    private final TemplateView templates;

    public RevisionView(World world) {
        this.world = world;
        this.templates = new TemplateView(world);
    }

    public ObjectNode get(ArmPath path, String apiVersion) {
        var app = world.get(path);
        return show(app, Lookup.revision(app, path.name(1)), apiVersion);
    }

    /// All of an app, the oldest first.
    public List<ObjectNode> list(ArmPath path, String apiVersion) {
        var app = world.get(path);
        return app.revisions().stream()
                .map(revision -> show(app, revision, apiVersion))
                .toList();
    }

    ObjectNode show(App app, Revision revision, String apiVersion) {
        var shown = Json.object();
        shown.put("id", app.id() + "/revisions/" + revision.name());
        shown.put("name", revision.name()).put("type", "Microsoft.App/containerapps/revisions");
        var properties = shown.putObject("properties");
        properties.put("createdTime", revision.createdAt().toString());
        properties.put("lastActiveTime", revision.lastActivity().toString());
        if (app.configuration().path("ingress").isObject()) {
            properties.put("fqdn", revision.name() + ".sandbox.invalid");
        }
        properties.set("template", templates.show(revision.template(), app));
        properties.put("active", revision.active());
        properties.put("replicas", revision.counting().count());
        properties.put("trafficWeight", app.serving().filter(revision::equals).isPresent() ? 100 : 0);
        if (!revision.error().isEmpty()) {
            properties.put("provisioningError", revision.error());
        }
        properties.put("healthState", health(revision));
        properties.put("provisioningState", provisioning(revision));
        properties.put("runningState", running(app, revision));
        var details = details(revision);
        if (!details.isEmpty()) {
            properties.put("runningStateDetails", details);
        }
        if (world.settings().has(Quirk.NEWER_MEMBERS_HIDDEN)) {
            NewerMembers.hide(shown, apiVersion);
        }
        return shown;
    }

    private static String provisioning(Revision revision) {
        if (revision.progress() == Revision.Progress.FAILED) {
            return "Failed";
        }
        if (!revision.active()) {
            return revision.replicas().isEmpty() ? "Deprovisioned" : "Deprovisioning";
        }
        return revision.provisioning() ? "Provisioning" : "Provisioned";
    }

    private static String health(Revision revision) {
        var counting = revision.counting().count();
        if (revision.progress() == Revision.Progress.FAILED) {
            return "Unhealthy";
        }
        if (counting == 0) {
            return "None";
        }
        if (revision.ready() == counting) {
            return "Healthy";
        }
        return crashing(revision) ? "Unhealthy" : "None";
    }

    private String running(App app, Revision revision) {
        if (!revision.active() || app.stopped()) {
            return "Stopped";
        }
        if (revision.progress() == Revision.Progress.FAILED) {
            return world.settings().has(Quirk.ACTIVATION_FAILED) ? "ActivationFailed" : "Failed";
        }
        var counting = revision.counting().count();
        if (counting == 0 && !revision.provisioning()) {
            return world.settings().has(Quirk.SCALED_TO_ZERO) ? "ScaledToZero" : "Running";
        }
        if (revision.provisioning() || revision.ready() == 0) {
            return overdue(revision) ? "Degraded" : "Processing";
        }
        var most = revision.ready() >= revision.scale().most();
        return most && world.settings().has(Quirk.RUNNING_AT_MAX_SCALE) ? "RunningAtMaxScale" : "Running";
    }

    // A replica that never gets ready after the revision once was: on a cold start, say.
    private boolean overdue(Revision revision) {
        var deadline = world.settings().timings().of(Span.PROGRESS_DEADLINE);
        return !revision.provisioning()
                && revision.counting()
                        .anyMatch(replica -> !replica.createdAt().plus(deadline).isAfter(world.now()));
    }

    private String details(Revision revision) {
        if (!revision.error().isEmpty()) {
            return revision.error();
        }
        return revision.active() && crashing(revision) && overdue(revision) ? Failure.text(revision) : "";
    }

    private static boolean crashing(Revision revision) {
        return revision.counting().anyMatch(replica -> replica.status().all().anyMatch(ContainerStatus::crashing));
    }
}
