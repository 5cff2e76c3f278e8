package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// The managed identities that an app has.
///
/// Their ids follow from the resource's id, so that they are the same in every run.
///
/// @param system whether it has one of its own
/// @param users the resource ids of the others, as written
public record AssignedIdentities(boolean system, List<String> users) {
    private static final Set<String> TYPES = Set.of("systemassigned", "userassigned", "none");

    public AssignedIdentities {
        users = List.copyOf(users);
    }

    /// Reads the member `identity` of an app.
    public static AssignedIdentities of(JsonNode app) {
        var types = types(app);
        var users = new ArrayList<String>();
        app.path("identity").path("userAssignedIdentities").fieldNames().forEachRemaining(users::add);
        return new AssignedIdentities(
                types.contains("systemassigned"), types.contains("userassigned") ? users : List.of());
    }

    /// Whether an identity is among them: `system`, or a resource id in any case.
    public boolean has(String identity) {
        return identity.equalsIgnoreCase("system") ? system : users.stream().anyMatch(identity::equalsIgnoreCase);
    }

    static void check(ObjectNode app) {
        var types = types(app);
        for (var type : types) {
            if (!TYPES.contains(type)) {
                throw ArmRefusal.of(400, "InvalidIdentityType", "The identity type '" + type + "' is unknown.");
            }
        }
        var listed = !app.path("identity").path("userAssignedIdentities").isEmpty();
        if (listed != types.contains("userassigned")) {
            throw ArmRefusal.of(
                    400,
                    "InvalidIdentityValues",
                    "The identity type must contain 'UserAssigned' if, and only if, userAssignedIdentities are given.");
        }
    }

    /// The types in lower case.
    private static Set<String> types(JsonNode app) {
        var types = new TreeSet<String>();
        for (var type : Json.text(app, "identity", "type").split(",", -1)) {
            if (!type.isBlank()) {
                types.add(type.strip().toLowerCase(Locale.ROOT));
            }
        }
        return types;
    }

    /// A principal's id. Give a user-assigned identity's resource id, or the app's for its own.
    public static String principalId(String resourceId) {
        return idOf("principal:" + resourceId);
    }

    public static String clientId(String resourceId) {
        return idOf("client:" + resourceId);
    }

    private static String idOf(String text) {
        return UUID.nameUUIDFromBytes(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
