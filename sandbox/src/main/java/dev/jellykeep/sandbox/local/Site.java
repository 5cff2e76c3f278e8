package dev.jellykeep.sandbox.local;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.replica.SimulatedReplicas;
import dev.jellykeep.sandbox.ingress.Addresses;
import dev.jellykeep.sandbox.replicas.HostOptions;
import dev.jellykeep.sandbox.replicas.Mappings;
import dev.jellykeep.sandbox.replicas.RunningReplicas;
import dev.jellykeep.sandbox.replicas.Surroundings;
import dev.jellykeep.sandbox.replicas.image.Images;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/// Where replicas run, and how they are reached.
public interface Site extends AutoCloseable {
    /// This machine's address, as replicas reach it.
    InetAddress address();

    /// Starts to run replicas there. Called once.
    ///
    /// @param trusted a folder that each container may read
    Running open(Surroundings surroundings, Path trusted);

    /// Leaves nothing of it on the machine; replicas have ended before.
    @Override
    void close();

    /// Replicas that run.
    ///
    /// @param end stops what still runs
    record Running(ReplicaHost host, Addresses addresses, Runnable end) {}

    /// Simulated replicas, of which `addresses` says where their ports are answered.
    static Site simulated(Addresses addresses) {
        return new Site() {
            @Override
            public InetAddress address() {
                return InetAddress.getLoopbackAddress();
            }

            @Override
            public Running open(Surroundings surroundings, Path trusted) {
                return new Running(new SimulatedReplicas(), addresses, () -> {});
            }

            @Override
            public void close() {}
        };
    }

    /// Replicas whose containers are processes, on a bridge of their own. Needs root's rights but for what is mapped;
    /// whether it can be done is told by {@link dev.jellykeep.sandbox.replicas.Isolation#missing}.
    ///
    /// @param how changes the host's options
    static Site real(Mappings mappings, Images images, InstantSource clock, UnaryOperator<HostOptions> how) {
        var network = mappings.openNetwork();
        var work = mappings.createFolder();
        return new Site() {
            @Override
            public InetAddress address() {
                return network.address();
            }

            @Override
            public Running open(Surroundings surroundings, Path trusted) {
                var options = how.apply(HostOptions.of(work.path(), clock, images))
                        .with(mappings)
                        .with(surroundings)
                        .alsoReadable(trusted);
                var replicas = RunningReplicas.start(options, network);
                return new Running(replicas, replicas::address, replicas::close);
            }

            @Override
            public void close() {
                network.close();
                work.close();
            }
        };
    }
}
