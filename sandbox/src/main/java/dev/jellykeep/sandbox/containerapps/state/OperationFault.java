package dev.jellykeep.sandbox.containerapps.state;

import java.time.Duration;
import java.util.Optional;

/// What happens to the next operation on an app instead of what it was to do.
///
/// @param app the app's name; empty for any
/// @param code of the failure; empty for an operation that never ends
/// @param after from its start
public record OperationFault(Optional<String> app, String code, String message, Duration after) {

    /// Fails, and with it the revision that it was to provision.
    public static OperationFault failing(String code, String message, Duration after) {
        return new OperationFault(Optional.empty(), code, message, after);
    }

    /// Never ends.
    public static OperationFault stuck() {
        return new OperationFault(Optional.empty(), "", "", Duration.ZERO);
    }

    public OperationFault of(String appName) {
        return new OperationFault(Optional.of(appName), code, message, after);
    }

    boolean isStuck() {
        return code.isEmpty();
    }

    boolean fits(String name) {
        return app.map(name::equalsIgnoreCase).orElse(true);
    }
}
