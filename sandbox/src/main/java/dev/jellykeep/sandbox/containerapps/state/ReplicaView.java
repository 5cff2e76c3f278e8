package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.NewerMembers;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.util.List;

/// Replicas as GET shows them. Those that were told to stop are shown until they have ended.
public final class ReplicaView {
    private final World world;

    public ReplicaView(World world) {
        this.world = world;
    }

    public ObjectNode get(ArmPath path, String apiVersion) {
        var app = world.get(path);
        var revision = Lookup.revision(app, path.name(1));
        return show(app, revision, Lookup.replica(revision, path.name(2)), apiVersion);
    }

    public List<ObjectNode> list(ArmPath path, String apiVersion) {
        var app = world.get(path);
        var revision = Lookup.revision(app, path.name(1));
        return revision.replicas().stream()
                .map(replica -> show(app, revision, replica, apiVersion))
                .toList();
    }

    private ObjectNode show(App app, Revision revision, Replica replica, String apiVersion) {
        var id = app.id() + "/revisions/" + revision.name() + "/replicas/" + replica.name();
        var shown = Json.object().put("id", id).put("name", replica.name());
        shown.put("type", "Microsoft.App/containerapps/revisions/replicas");
        var properties = shown.putObject("properties");
        properties.put("createdTime", replica.createdAt().toString());
        var status = replica.status();
        properties.put("runningState", status.ready() ? "Running" : "NotRunning");
        var why = status.all()
                .map(ContainerStatus::details)
                .filter(details -> !details.isEmpty())
                .toList();
        properties.put("runningStateDetails", status.ready() || why.isEmpty() ? "" : why.getFirst());
        containers(properties.putArray("containers"), status.containers(), id);
        containers(properties.putArray("initContainers"), status.initContainers(), id);
        if (world.settings().has(Quirk.NEWER_MEMBERS_HIDDEN)) {
            NewerMembers.hide(shown, apiVersion);
        }
        return shown;
    }

    private static void containers(ArrayNode into, List<ContainerStatus> statuses, String replica) {
        for (var status : statuses) {
            var endpoint = "wss://sandbox.invalid" + replica + "/containers/" + status.name();
            into.addObject()
                    .put("name", status.name())
                    .put("containerId", "containerd://" + Integer.toHexString(endpoint.hashCode()))
                    .put("ready", status.ready())
                    .put("started", status.started())
                    .put("restartCount", status.restartCount())
                    .put("runningState", status.state().text())
                    .put("runningStateDetails", status.details())
                    .put("logStreamEndpoint", endpoint + "/logstream")
                    .put("execEndpoint", endpoint + "/exec")
                    .put("debugEndpoint", endpoint + "/debug");
        }
    }
}
