package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;

/// A member that no model knows, in each object of an app: a client that drops it has lost somebody's data.
final class FutureMembers {
    static final String NAME = "sandboxFuture";

    private FutureMembers() {}

    static void add(ObjectNode app) {
        put(app, "app");
        var properties = Json.section(app, "properties");
        put(properties, "properties");
        put(Json.section(properties, "configuration"), "configuration");
        var template = Json.section(properties, "template");
        put(template, "template");
        put(Json.section(template, "scale"), "scale");
        for (var list : new String[] {"initContainers", "containers", "volumes"}) {
            Json.objects(template.path(list)).forEach(item -> put(item, Json.text(item, "name")));
        }
    }

    private static void put(ObjectNode object, String value) {
        object.put(NAME, value);
    }
}
