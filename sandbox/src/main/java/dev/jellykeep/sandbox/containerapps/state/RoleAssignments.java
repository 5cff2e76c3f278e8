package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who holds which role where: what a storage account asks before it answers.
public final class RoleAssignments {
    private final World world;
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();

    public RoleAssignments(World world) {
        this.world = world;
    }

    private record Assignment(ArmPath path, String principal, String role, ObjectNode stored, Instant effective) {
        boolean covers(String scope) {
            return (ArmPath.key(scope) + "/").startsWith(ArmPath.key(path.scope()) + "/");
        }

        boolean is(String otherPrincipal, String otherRole) {
            return principal.equalsIgnoreCase(otherPrincipal) && role.equalsIgnoreCase(otherRole);
        }
    }

    /// Assigns a role.
    ///
    /// @throws ArmRefusal for an incomplete body, or one that exists under another name
    public ObjectNode put(ArmPath path, ObjectNode body) {
        return put(path, body, world.settings().timings().of(Span.ROLE_PROPAGATION));
    }

    /// Assigns a role that takes effect after a while of its own.
    ///
    /// @param role the role definition's guid
    /// @param scope a resource id
    public ObjectNode assign(String principal, String role, String scope, Duration propagation) {
        var body = Json.object();
        body.putObject("properties")
                .put("principalId", principal)
                .put("roleDefinitionId", "/providers/Microsoft.Authorization/roleDefinitions/" + role);
        return put(path(principal, role, scope), body, propagation);
    }

    /// Takes back at once what {@link #assign} gave; nothing happens where there is none.
    public void withdraw(String principal, String role, String scope) {
        assignments.remove(path(principal, role, scope).key(0));
    }

    private static ArmPath path(String principal, String role, String scope) {
        var name = UUID.nameUUIDFromBytes((principal + role + scope).getBytes(StandardCharsets.UTF_8));
        return ArmPath.ofId(scope + "/providers/Microsoft.Authorization/roleAssignments/" + name);
    }

    private ObjectNode put(ArmPath path, ObjectNode body, Duration propagation) {
        var principal = Json.text(body, "properties", "principalId");
        var role = Json.text(body, "properties", "roleDefinitionId");
        if (principal.isEmpty() || role.isEmpty()) {
            throw ArmRefusal.of(
                    400, "InvalidRequestContent", "principalId and roleDefinitionId are required in properties.");
        }
        var same = assignments.values().stream()
                .filter(other ->
                        other.is(principal, role) && other.path().scope().equalsIgnoreCase(path.scope()))
                .findFirst();
        if (same.isPresent() && !same.get().path().key(0).equals(path.key(0))) {
            throw ArmRefusal.of(409, "RoleAssignmentExists", "The role assignment already exists.");
        }
        var effective = world.now().plus(propagation);
        var assignment = new Assignment(path, principal, role, body.deepCopy(), effective);
        assignments.putIfAbsent(path.key(0), assignment);
        return show(assignments.getOrDefault(path.key(0), assignment));
    }

    public Optional<ObjectNode> get(ArmPath path) {
        return Optional.ofNullable(assignments.get(path.key(0))).map(RoleAssignments::show);
    }

    /// Takes one back; empty if there was none.
    public Optional<ObjectNode> delete(ArmPath path) {
        return Optional.ofNullable(assignments.remove(path.key(0))).map(RoleAssignments::show);
    }

    /// Those that apply at a scope.
    ///
    /// @param principal only this one's; anybody's where empty
    public List<ObjectNode> list(String scope, String principal) {
        return assignments.values().stream()
                .filter(assignment -> assignment.covers(scope))
                .filter(assignment ->
                        principal.isEmpty() || assignment.principal().equalsIgnoreCase(principal))
                .map(RoleAssignments::show)
                .toList();
    }

    /// Whether a principal holds a role at a scope, or above it, by now.
    ///
    /// @param role a role definition's guid, or the end of its id
    public boolean holds(String principal, String role, String scope) {
        var end = role.toLowerCase(Locale.ROOT);
        return assignments.values().stream()
                .anyMatch(assignment -> assignment.covers(scope)
                        && assignment.principal().equalsIgnoreCase(principal)
                        && assignment.role().toLowerCase(Locale.ROOT).endsWith(end)
                        && !assignment.effective().isAfter(world.now()));
    }

    private static ObjectNode show(Assignment assignment) {
        var shown = assignment.stored().deepCopy();
        shown.put("id", assignment.path().id(0)).put("name", assignment.path().name(0));
        shown.put("type", "Microsoft.Authorization/roleAssignments");
        Json.section(shown, "properties").put("scope", assignment.path().scope());
        return shown;
    }
}
