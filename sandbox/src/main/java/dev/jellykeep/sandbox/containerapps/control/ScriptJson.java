package dev.jellykeep.sandbox.containerapps.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.state.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.UUID;

/// Scripts of containers, and principals with their role files, as JSON.
public final class ScriptJson {
    private ScriptJson() {}

    /// `{"container": "…", "revision": "…", "failures": 3, "exitCode": 1, "text": "…", "after": "PT5S",
    /// "needsIdentity":
    /// true, "endless": true}`; `failures` -1 for ever.
    static ContainerScript script(ObjectNode json) {
        var container = Json.text(json, "container");
        if (container.isEmpty()) {
            throw new IllegalArgumentException("A script needs the name of its container: give \"container\".");
        }
        var failures = json.path("failures").asInt(0);
        var script = ContainerScript.of(container)
                .fails(
                        failures < 0 ? ContainerScript.FOR_EVER : failures,
                        json.path("exitCode").asInt(1),
                        Json.text(json, "text"));
        script = json.has("revision") ? script.onlyIn(Json.text(json, "revision")) : script;
        script = json.has("after") ? script.after(Duration.parse(Json.text(json, "after"))) : script;
        script = json.path("needsIdentity").asBoolean() ? script.withIdentity() : script;
        return json.path("endless").asBoolean() ? script.withoutEnd() : script;
    }

    /// `{"name": "…", "objectId": "…", "Actions": ["…"]}`, with `Actions` as in a role definition; also `actions`.
    public static Caller caller(ObjectNode json) {
        var actions = new HashSet<String>();
        json.path(json.has("Actions") ? "Actions" : "actions").forEach(action -> actions.add(action.asText()));
        var name = Json.text(json, "name");
        var objectId = Json.text(json, "objectId");
        return new Caller(
                name,
                objectId.isEmpty()
                        ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                .toString()
                        : objectId,
                actions);
    }
}
