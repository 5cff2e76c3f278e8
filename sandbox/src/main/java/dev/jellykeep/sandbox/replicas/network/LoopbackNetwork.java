package dev.jellykeep.sandbox.replicas.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// This machine's loopback interface, on which each replica has ports of its own. Needs no rights; but replicas reach
/// each other, and whatever else listens here.
public final class LoopbackNetwork implements ReplicaNetwork {
    private final FreePorts free = new FreePorts();

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public Attachment attach(String replica) {
        return new Ports();
    }

    @Override
    public void close() {}

    private final class Ports implements Attachment {
        private final Map<Integer, Integer> taken = new ConcurrentHashMap<>();

        @Override
        public InetSocketAddress at(int port) {
            return new InetSocketAddress(address(), port == 0 ? 0 : mapped(port));
        }

        @Override
        public List<String> enter() {
            return List.of();
        }

        @Override
        public PortMapping mapping(Set<Integer> listening) {
            listening.forEach(this::mapped);
            return new PortMapping(taken);
        }

        @Override
        public void close() {
            taken.values().forEach(free::release);
            taken.clear();
        }

        private int mapped(int port) {
            return taken.computeIfAbsent(port, _ -> free.take());
        }
    }
}
