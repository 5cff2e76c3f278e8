package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import java.util.Map;

/// What the platform gives to the containers of a replica beside their template, such as an identity
/// endpoint.
public interface Surroundings {
    /// Nothing.
    Surroundings NONE = new Surroundings() {
        @Override
        public Map<String, String> variables(ReplicaOrder order, String container, boolean init) {
            return Map.of();
        }

        @Override
        public void gone(String replica) {}
    };

    /// Variables of a container, asked for before each of its starts, by any thread. They win over the
    /// template's.
    Map<String, String> variables(ReplicaOrder order, String container, boolean init);

    /// Addresses by name, for the `/etc/hosts` of every container; asked for with the variables.
    default Map<String, String> hosts(ReplicaOrder order) {
        return Map.of();
    }

    /// A replica has ended, with all its processes. Called once, by any thread.
    void gone(String replica);
}
