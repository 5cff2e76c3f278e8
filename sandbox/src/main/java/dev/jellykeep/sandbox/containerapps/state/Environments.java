package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.List;

/// Managed environments. They are made at once.
public final class Environments {
    private final World world;

    public Environments(World world) {
        this.world = world;
    }

    /// Creates one, or replaces what was written of it; whether it is new.
    public boolean put(ArmPath path, ObjectNode body, Caller by) {
        if (Json.text(body, "location").isBlank()) {
            throw ArmRefusal.of(400, "LocationRequired", "The location property is required for this definition.");
        }
        var written = ReadOnly.strip(body);
        var before = world.environment(path.id(0));
        var data = before.map(old -> old.systemData().modified(by, world.now()))
                .orElseGet(() -> SystemData.created(by, world.now()));
        world.add(new Environment(path, written, data));
        return before.isEmpty();
    }

    /// @throws ArmRefusal if there is none such
    public ObjectNode get(ArmPath path) {
        return world.environment(path.id(0))
                .map(Environments::show)
                .orElseThrow(() -> ArmRefusal.notFound(
                        "Microsoft.App/managedEnvironments", path.name(0), path.inScope("resourceGroups")));
    }

    /// All below a scope.
    public List<ObjectNode> list(String scope) {
        var below = ArmPath.key(scope) + "/";
        return world.environments().stream()
                .filter(environment -> environment.path().key(0).startsWith(below))
                .map(Environments::show)
                .toList();
    }

    private static ObjectNode show(Environment environment) {
        var shown = environment.stored().deepCopy();
        shown.put("id", environment.path().id(0)).put("name", environment.path().name(0));
        shown.put("type", "Microsoft.App/managedEnvironments");
        shown.set("systemData", environment.systemData().json());
        Json.section(shown, "properties").put("provisioningState", "Succeeded").put("defaultDomain", "sandbox.invalid");
        return shown;
    }
}
