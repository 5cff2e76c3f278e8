package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import java.util.Locale;
import java.util.Set;

/// Who calls, and what they may do.
///
/// @param name what `systemData` shows
/// @param objectId the principal's id
/// @param actions as in a role definition, `*` for any part; data actions aren't judged
public record Caller(String name, String objectId, Set<String> actions) {
    /// May do everything.
    public static final Set<String> ALL = Set.of("*");

    public Caller {
        actions = Set.copyOf(actions);
    }

    public boolean may(String action) {
        return actions.stream().anyMatch(pattern -> matches(pattern, action));
    }

    /// @throws ArmRefusal `AuthorizationFailed` if they may not
    public void require(String action, String scope) {
        if (!may(action)) {
            throw ArmRefusal.of(
                    403,
                    "AuthorizationFailed",
                    "The client '" + name + "' with object id '" + objectId
                            + "' does not have authorization to perform action '" + action + "' over scope '" + scope
                            + "' or the scope is invalid. If access was recently granted, please refresh your"
                            + " credentials.");
        }
    }

    /// As {@link #require}, on something that a request on `scope` names.
    ///
    /// @throws ArmRefusal `LinkedAuthorizationFailed` if they may not
    public void requireLinked(String action, String scope, String linkedAction, String linkedScope) {
        if (!may(linkedAction)) {
            throw ArmRefusal.of(
                    403,
                    "LinkedAuthorizationFailed",
                    "The client '" + name + "' with object id '" + objectId + "' has permission to perform action '"
                            + action + "' on scope '" + scope
                            + "'; however, it does not have permission to perform action(s) '" + linkedAction
                            + "' on the linked scope(s) '" + linkedScope + "' (respectively) or the linked scope(s) are"
                            + " invalid.");
        }
    }

    private static boolean matches(String pattern, String action) {
        var rest = action.toLowerCase(Locale.ROOT);
        var parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
        if (parts.length == 1) {
            return rest.equals(parts[0]);
        }
        if (!rest.startsWith(parts[0])) {
            return false;
        }
        rest = rest.substring(parts[0].length());
        for (var i = 1; i < parts.length - 1; i++) {
            var at = rest.indexOf(parts[i]);
            if (at < 0) {
                return false;
            }
            rest = rest.substring(at + parts[i].length());
        }
        return rest.endsWith(parts[parts.length - 1]);
    }
}
