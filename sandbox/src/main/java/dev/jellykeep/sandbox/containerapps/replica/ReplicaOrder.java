package dev.jellykeep.sandbox.containerapps.replica;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A replica to be started.
///
/// @param app the app's resource id
/// @param name unique among all replicas
/// @param template the revision's, with defaults
/// @param secrets values by name, for variables with `secretRef`
/// @param timings how long things take
public record ReplicaOrder(
        String app,
        String revision,
        String name,
        Instant startedAt,
        ObjectNode template,
        Map<String, String> secrets,
        Identities identities,
        Timings timings) {

    /// Managed identities as the containers of a replica see them.
    ///
    /// @param init for init containers
    /// @param main for app containers
    /// @param from when the endpoint begins to answer; connections are refused before
    public record Identities(List<Identity> init, List<Identity> main, Instant from) {}

    /// One identity.
    ///
    /// @param resourceId of a user-assigned one, `system` for the app's own
    public record Identity(String resourceId, String clientId, String principalId) {}
}
