package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.containerapps.replica.LogSource;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaStatus;
import dev.jellykeep.sandbox.process.Launcher;
import dev.jellykeep.sandbox.replicas.log.ReplicaLogs;
import dev.jellykeep.sandbox.replicas.network.ReplicaNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Replicas whose containers are processes of this machine. Whoever looks at them through an emulator
/// lets it tick.
public final class RunningReplicas implements ReplicaHost, AutoCloseable {
    private static final Duration END_BOUND = Duration.ofSeconds(30);

    private final Host host;
    private final Map<String, RunningReplica> replicas = new ConcurrentHashMap<>();

    private RunningReplicas(Host host) {
        this.host = host;
    }

    /// A host without replicas. It closes neither the network nor the folder that it works in.
    public static RunningReplicas start(HostOptions options, ReplicaNetwork network) {
        var logs = new ReplicaLogs(options.work().resolve("logs"), options.clock());
        return new RunningReplicas(new Host(options, network, new Launcher(), logs));
    }

    @Override
    public void start(ReplicaOrder order) {
        var replica = new RunningReplica(host, order);
        replicas.put(order.name(), replica);
        replica.begin();
    }

    @Override
    public ReplicaStatus observe(String replica, Instant now) {
        var running = replicas.get(replica);
        if (running == null) {
            return ReplicaStatus.GONE;
        }
        var status = running.read();
        if (status.gone()) {
            replicas.remove(replica);
        }
        return status;
    }

    @Override
    public void stop(String replica, Instant now, Duration grace) {
        var running = replicas.get(replica);
        if (running != null) {
            running.stop(grace);
        }
    }

    /// Nobody knows when processes change.
    @Override
    public Optional<Instant> nextChange(String replica, Instant now) {
        return Optional.empty();
    }

    @Override
    public boolean crash(String replica, String container, Instant now) {
        var running = replicas.get(replica);
        return running != null && running.crash(container);
    }

    @Override
    public Optional<LogSource> logs() {
        return Optional.of(host.logs());
    }

    /// Where a port of a replica is reached from this machine; empty before it has a network, and after
    /// its end.
    public Optional<InetSocketAddress> address(String replica, int port) {
        return Optional.ofNullable(replicas.get(replica)).flatMap(running -> running.at(port));
    }

    /// Ends every replica at once, and waits until nothing of them is left but their logs.
    @Override
    public void close() {
        var all = List.copyOf(replicas.values());
        all.forEach(replica -> replica.stop(Duration.ZERO));
        try {
            for (var replica : all) {
                if (!replica.awaitGone(END_BOUND)) {
                    throw new IllegalStateException("A replica doesn't end: look for its processes by hand.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while replicas end.", e);
        } finally {
            host.launcher().close();
        }
    }
}
