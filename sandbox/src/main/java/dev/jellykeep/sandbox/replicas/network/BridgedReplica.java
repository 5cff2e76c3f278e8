package dev.jellykeep.sandbox.replicas.network;

import dev.jellykeep.sandbox.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/// A replica's network namespace, kept by a process that does nothing.
final class BridgedReplica implements ReplicaNetwork.Attachment {
    private static final String KEEPER = "ip link set lo up && echo up && exec sleep infinity";

    private final Process keeper;
    private final String outer;
    private final String address;
    private final Runnable released;

    private BridgedReplica(Process keeper, String outer, String address, Runnable released) {
        this.keeper = keeper;
        this.outer = outer;
        this.address = address;
        this.released = released;
    }

    /// @param outer name of the interface at the bridge's end
    /// @param number of its address
    static BridgedReplica start(
            Launcher launcher, String bridge, String outer, Mark mark, Subnet subnet, int number, Runnable released) {
        var keeper = launcher.start(List.of("unshare", "--net", "--", "sh", "-c", KEEPER));
        var replica = new BridgedReplica(keeper, outer, subnet.address(number), released);
        try {
            replica.awaitNamespace();
            Ip.all(
                    List.of(),
                    "link add " + outer + " type veth peer name eth0 netns " + keeper.pid(),
                    "link set " + outer + " alias " + mark.text(),
                    "link set " + outer + " master " + bridge + " up",
                    "link set " + outer + " type bridge_slave isolated on");
            Ip.all(replica.enter(), "addr add " + subnet.withPrefix(number) + " dev eth0", "link set eth0 up");
            return replica;
        } catch (RuntimeException e) {
            replica.end();
            throw e;
        }
    }

    @Override
    public InetSocketAddress at(int port) {
        return new InetSocketAddress(address, port);
    }

    @Override
    public List<String> enter() {
        return List.of("nsenter", "--net=/proc/" + keeper.pid() + "/ns/net", "--");
    }

    @Override
    public void close() {
        end();
        released.run();
    }

    private void end() {
        keeper.destroyForcibly();
        keeper.onExit().join();
        Ip.remove(outer);
    }

    private void awaitNamespace() {
        try {
            var line = keeper.inputReader().readLine();
            if (!"up".equals(line)) {
                throw new NetworkFailure("A network namespace can't be made ("
                        + keeper.errorReader().readLine() + "): root's rights are needed.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The keeper of a network namespace can't be read.", e);
        }
    }
}
