package dev.jellykeep.sandbox.containerapps.http;

import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;
import dev.jellykeep.sandbox.containerapps.state.RoleAssignments;
import java.util.Optional;
import java.util.regex.Pattern;

/// `Microsoft.Authorization/roleAssignments`, and reading `Microsoft.ManagedIdentity/userAssignedIdentities`.
final class OtherRoutes {
    private static final String ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";
    private static final Pattern FILTER =
            Pattern.compile("(?:principalId|assignedTo\\(\\)) eq '([^']+)'", Pattern.CASE_INSENSITIVE);

    private final RoleAssignments assignments;

    OtherRoutes(RoleAssignments assignments) {
        this.assignments = assignments;
    }

    Optional<Route> route(Request request, ArmPath path) {
        return Optional.ofNullable(
                switch (request.method() + " " + path.shape()) {
                    case "GET roleassignments" ->
                        new Route(ASSIGNMENTS + "/read", path.scope(), _ -> list(request, path));
                    case "GET roleassignments/*" ->
                        new Route(
                                ASSIGNMENTS + "/read",
                                path.scope(),
                                _ -> assignments.get(path).map(Reply::ok).orElseThrow(() -> unknown(path)));
                    case "PUT roleassignments/*" ->
                        new Route(ASSIGNMENTS + "/write", path.scope(), _ -> {
                            var created = assignments.get(path).isEmpty();
                            return Reply.of(created ? 201 : 200, assignments.put(path, request.json()));
                        });
                    case "DELETE roleassignments/*" ->
                        new Route(
                                ASSIGNMENTS + "/delete",
                                path.scope(),
                                _ -> assignments.delete(path).map(Reply::ok).orElseGet(() -> Reply.empty(204)));
                    case "GET userassignedidentities/*" ->
                        new Route(
                                "Microsoft.ManagedIdentity/userAssignedIdentities/read",
                                path.id(0),
                                _ -> identity(path));
                    default -> null;
                });
    }

    private Reply list(Request request, ArmPath path) {
        var filter = request.parameter("$filter");
        var matcher = FILTER.matcher(filter);
        var principal = matcher.find() ? matcher.group(1) : "";
        if (!filter.isEmpty() && principal.isEmpty() && !filter.equalsIgnoreCase("atScope()")) {
            throw ArmRefusal.of(400, "UnsupportedQuery", "The filter '" + filter + "' is not supported.");
        }
        return Pages.whole(assignments.list(path.scope(), principal));
    }

    // Every identity that is asked for exists: they are made elsewhere.
    private static Reply identity(ArmPath path) {
        var body = Json.object().put("id", path.id(0)).put("name", path.name(0));
        body.put("type", "Microsoft.ManagedIdentity/userAssignedIdentities").put("location", "westeurope");
        body.putObject("properties")
                .put("principalId", AssignedIdentities.principalId(path.id(0)))
                .put("clientId", AssignedIdentities.clientId(path.id(0)));
        return Reply.ok(body);
    }

    private static ArmRefusal unknown(ArmPath path) {
        return ArmRefusal.of(404, "RoleAssignmentNotFound", "The role assignment '" + path.name(0) + "' is not found.");
    }
}
