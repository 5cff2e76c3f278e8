package dev.jellykeep.operator.arm.azure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The command that gives what a 403 says is missing. ARM's sentence names it all: "The client 'C' with
/// object id 'O' does not have authorization to perform action 'A' over scope 'S' …", and with
/// `LinkedAuthorizationFailed` "… does not have permission to perform action(s) 'A' on the linked
/// scope(s) 'S' …".
///
/// @param principal object id
/// @param scope the first of them
record Grant(String principal, String action, String scope) {
    private static final Pattern PRINCIPAL = Pattern.compile("object id '([0-9a-fA-F-]{36})'");
    private static final Pattern DENIED =
            Pattern.compile("does not have (?:authorization|permission) to perform action(?:\\(s\\))? '([\\w./*]+)'"
                    + " (?:over|on the linked) scope(?:\\(s\\))? '(/[^',\\s]+)");

    /// Empty if the sentence isn't one of those.
    ///
    /// @param principal whom the token is for, where ARM doesn't say
    static Optional<Grant> in(String message, Optional<String> principal) {
        var denied = DENIED.matcher(message);
        if (!denied.find()) {
            return Optional.empty();
        }
        var named = PRINCIPAL.matcher(message);
        var who = named.find() ? named.group(1) : principal.orElse("OBJECT-ID");
        return Optional.of(new Grant(who, denied.group(1), denied.group(2)));
    }

    /// A line for a shell.
    ///
    /// @param person the principal may be a user rather than a service principal
    String command(boolean person) {
        var assignee = person
                ? "--assignee " + principal
                : "--assignee-object-id " + principal + " --assignee-principal-type ServicePrincipal";
        return "az role assignment create " + assignee + " --role \"" + role() + "\" --scope \"" + scope + "\"";
    }

    /// The smallest of Azure's own roles that has it.
    private String role() {
        var lower = action.toLowerCase(Locale.ROOT);
        if (lower.startsWith("microsoft.managedidentity/")) {
            return "Managed Identity Operator";
        }
        return lower.equals("microsoft.app/managedenvironments/read") ? "Reader" : "Container Apps Contributor";
    }
}
