package dev.jellykeep.sandbox.local;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.SimulatedReplicas;
import dev.jellykeep.sandbox.ingress.Addresses;
import java.net.InetAddress;
import java.util.Map;

/// Where replicas run, and how they are reached.
public interface Place {
    /// This machine's address, as replicas reach it.
    InetAddress address();

    /// Starts to run replicas there. Called once.
    Running open(Given given);

    /// What the platform gives to replicas.
    interface Given {
        /// Variables of a container, which win over its template's.
        Map<String, String> variables(ReplicaOrder order, String container, boolean init);

        /// A replica has ended, with all its processes.
        void gone(String replica);
    }

    /// Replicas that run.
    ///
    /// @param end stops what still runs
    record Running(ReplicaHost host, Addresses addresses, Runnable end) {}

    /// Simulated replicas, of which `addresses` says where their ports are answered.
    static Place simulated(Addresses addresses) {
        return new Place() {
            @Override
            public InetAddress address() {
                return InetAddress.getLoopbackAddress();
            }

            @Override
            public Running open(Given given) {
                return new Running(new SimulatedReplicas(), addresses, () -> {});
            }
        };
    }
}
