package dev.jellykeep.sandbox.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A port on which every request is judged, and then answered or passed on.
///
/// It may refuse connections for a while, as nobody listening does, and keeps its port meanwhile.
public final class Gateway implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final String name;
    private final InetSocketAddress address;
    private final @Nullable SSLSocketFactory tls;
    private final Door door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    // A socket that is bound and doesn't listen keeps the port, and the kernel refuses its connections. It stays beside
    // the listener: both may have the port as long as one of them listens.
    private final Socket reserved;

    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    private boolean closed;

    private Gateway(String name, Socket reserved, @Nullable SSLContext tls, Door door) {
        this.name = name;
        this.reserved = reserved;
        this.address = (InetSocketAddress) reserved.getLocalSocketAddress();
        this.tls = tls == null ? null : tls.getSocketFactory();
        this.door = door;
    }

    /// Takes a port, and connections from {@link #listen} on; they are refused before.
    ///
    /// @param port 0 for any that is free
    /// @param tls null for HTTP
    /// @throws UncheckedIOException if the port is taken
    public static Gateway reserve(String name, InetAddress at, int port, @Nullable SSLContext tls, Door door) {
        return new Gateway(name, bound(new InetSocketAddress(at, port)), tls, door);
    }

    /// As {@link #reserve}, listening.
    public static Gateway open(String name, InetAddress at, int port, @Nullable SSLContext tls, Door door) {
        var gateway = reserve(name, at, port, tls, door);
        gateway.listen();
        return gateway;
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Takes connections from now on. Again: no effect.
    public synchronized void listen() {
        if (closed || listener != null) {
            return;
        }
        try {
            var socket = listening();
            listener = socket;
            acceptor = Thread.ofVirtual().name(name).start(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The port " + address + " of " + name + " was taken by somebody else: start again.", e);
        }
    }

    // A process that is just being started holds copies of all sockets for a moment, also of a listener that was closed
    // here: it is waited for.
    private ServerSocket listening() throws IOException {
        var began = System.nanoTime();
        while (true) {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            try {
                socket.bind(address, BACKLOG);
                return socket;
            } catch (BindException e) {
                socket.close();
                if (System.nanoTime() - began > END.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /// Closes all connections, and has each new one refused until {@link #listen}. Again: no effect.
    public synchronized void refuse() {
        if (closed || listener == null) {
            return;
        }
        stop();
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
        try {
            reserved.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Door door() {
        return door;
    }

    void remember(Socket socket) {
        open.add(socket);
    }

    /// Closes a connection.
    void forget(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone already.
        }
    }

    private synchronized void stop() {
        try {
            if (listener != null) {
                listener.close();
                listener = null;
            }
            // The port is free only when nobody waits on it any more.
            if (acceptor != null && !acceptor.join(END)) {
                throw new IllegalStateException("The port " + address + " of " + name + " is not given up.");
            }
            acceptor = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        open.forEach(this::forget);
    }

    private static Socket bound(InetSocketAddress address) {
        try {
            var socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The address " + address + " can't be had: give another.", e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var client = from.accept();
                remember(client);
                if (from.isClosed()) {
                    forget(client);
                }
                Thread.ofVirtual().name(name + "-connection").start(() -> serve(client));
            } catch (IOException _) {
                // The listener was closed, or a client left before it was served.
            }
        }
    }

    private void serve(Socket client) {
        if (tls == null) {
            new Session(this, client).serve();
            return;
        }
        try {
            var secure = tls.createSocket(client, null, true);
            remember(secure);
            new Session(this, secure).serve();
        } catch (IOException _) {
            // No handshake, no request.
        } finally {
            forget(client);
        }
    }
}
