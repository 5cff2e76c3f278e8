package dev.jellykeep.sandbox.replicas.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/// A network that replicas are attached to, one by one.
public interface ReplicaNetwork extends AutoCloseable {
    /// This machine's address, as every replica reaches it.
    InetAddress address();

    /// Attaches a replica. Blocks for some milliseconds.
    ///
    /// @throws NetworkFailure if that can't be done
    Attachment attach(String replica);

    /// Leaves nothing of it on the machine.
    @Override
    void close();

    /// One replica's place in it.
    interface Attachment extends AutoCloseable {
        /// Where a port of the replica is reached from this machine.
        InetSocketAddress at(int port);

        /// What is put before a command to run it there.
        List<String> enter();

        /// Which ports the replica has to use in place of those that it would listen on.
        default PortMapping mapping(Set<Integer> listening) {
            return PortMapping.NONE;
        }

        @Override
        void close();
    }
}
