package dev.jellykeep.sandbox.replicas.network;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;

/// TCP ports that nobody listens on, handed out one by one: below those that the kernel gives to connections, any of
/// which might take a port before its container is up. As long as one is taken, the UDP port of the same number is
/// bound, so that other sandboxes of this machine see it too.
final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private final Map<Integer, DatagramSocket> taken = new HashMap<>();
    private int next = (int) (ProcessHandle.current().pid() * 37 % COUNT);

    /// @throws NetworkFailure where there is none
    synchronized int take() {
        for (var tries = 0; tries < COUNT; tries++) {
            var candidate = FIRST + next;
            next = (next + 1) % COUNT;
            if (take(candidate)) {
                return candidate;
            }
        }
        throw new NetworkFailure(
                "No port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free here: end what listens there.");
    }

    synchronized void release(int port) {
        var claim = taken.remove(port);
        if (claim != null) {
            claim.close();
        }
    }

    private boolean take(int port) {
        try {
            var claim = new DatagramSocket(port);
            if (free(port)) {
                taken.put(port, claim);
                return true;
            }
            claim.close();
            return false;
        } catch (SocketException _) {
            return false;
        }
    }

    // Also where somebody listens on one address alone.
    private static boolean free(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
