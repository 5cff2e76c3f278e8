package dev.jellykeep.sandbox.ingress;

import java.net.InetSocketAddress;
import java.util.Optional;

/// Where replicas listen.
@FunctionalInterface
public interface Addresses {
    /// Where a replica's port can be reached from here; empty for a replica that is gone.
    Optional<InetSocketAddress> of(String replica, int port);
}
