package dev.jellykeep.sandbox.replicas.network;

import dev.jellykeep.sandbox.process.Launcher;
import dev.jellykeep.sandbox.process.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A bridge of this machine, with a network namespace for each replica behind a pair of virtual
/// interfaces. Replicas reach this machine's end of the bridge, and not each other. Needs root's rights
/// and iproute2.
public final class BridgedNetwork implements ReplicaNetwork {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final List<String> HERE = List.of();

    private final Mark mark;
    private final String bridge;
    private final Subnet subnet;
    private final Launcher launcher = new Launcher();
    private final BitSet taken = new BitSet();

    private BridgedNetwork(Mark mark, String bridge, Subnet subnet) {
        this.mark = mark;
        this.bridge = bridge;
        this.subnet = subnet;
        taken.set(0, 2);
    }

    /// Makes one, after removing those that ended sandboxes left behind.
    ///
    /// @throws NetworkFailure if that can't be done
    public static BridgedNetwork open() {
        var mark = new Mark(Owner.self(), space());
        sweep(mark.space());
        return make(mark);
    }

    // Another sandbox may take the same subnet at the same time: both see it then, and both look for another one.
    private static synchronized BridgedNetwork make(Mark mark) {
        var pid = (int) mark.owner().pid();
        for (var attempt = 0; attempt < 10; attempt++) {
            var subnet = Subnet.free(Ip.routes(), pid + attempt * (pid >> 8 | 1))
                    .orElseThrow(() -> new NetworkFailure(
                            "Every network from 10.213.0.0/24 to 10.213.255.0/24 has a route here: remove one."));
            var bridge = name(mark.owner(), 'b');
            make(mark, subnet, bridge);
            if (Ip.routes().stream().filter(subnet.route()::equals).count() == 1) {
                return new BridgedNetwork(mark, bridge, subnet);
            }
            Ip.remove(bridge);
        }
        throw new NetworkFailure("Other sandboxes take each network at the same time: start this one again.");
    }

    private static void make(Mark mark, Subnet subnet, String bridge) {
        try {
            Ip.all(
                    HERE,
                    "link add " + bridge + " type bridge",
                    "link set " + bridge + " alias " + mark.text(),
                    "addr add " + subnet.withPrefix(1) + " dev " + bridge,
                    "link set " + bridge + " up");
        } catch (NetworkFailure e) {
            Ip.remove(bridge);
            throw e;
        }
    }

    private static void sweep(String space) {
        Ip.aliases().forEach((name, alias) -> {
            if (Mark.parse(alias).map(mark -> mark.stale(space)).orElse(false)) {
                Ip.remove(name);
            }
        });
    }

    @Override
    public InetAddress address() {
        try {
            return InetAddress.getByName(subnet.address(1));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The name of the bridge's interface.
    public String bridge() {
        return bridge;
    }

    @Override
    public Attachment attach(String replica) {
        var number = take();
        try {
            return BridgedReplica.start(
                    launcher, bridge, name(mark.owner(), 'v'), mark, subnet, number, () -> release(number));
        } catch (RuntimeException e) {
            release(number);
            throw e;
        }
    }

    @Override
    public void close() {
        launcher.close();
        Ip.remove(bridge);
    }

    private synchronized int take() {
        var number = taken.nextClearBit(2);
        if (number > Subnet.ADDRESSES) {
            throw new NetworkFailure(Subnet.ADDRESSES - 1 + " replicas run at once: stop some.");
        }
        taken.set(number);
        return number;
    }

    private synchronized void release(int number) {
        taken.clear(number);
    }

    // At most 15 characters: those that an interface's name may have.
    private static String name(Owner owner, char kind) {
        return "jk" + Long.toString(owner.pid(), 36) + kind + Integer.toString(NUMBERS.getAndIncrement(), 36);
    }

    private static String space() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("The number space of this process can't be read from /proc.", e);
        }
    }
}
