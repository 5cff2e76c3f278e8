package dev.jellykeep.sandbox.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// A loopback port before another one, which fails as it is told: for HTTP/1.1 in the clear.
///
/// It knows as much of HTTP as to see each request's first line. A lost reply is one that the server has sent and the
/// client never sees: its connection is closed instead.
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Predicate<String>> loseReply = new AtomicReference<>(_ -> false);
    private final AtomicReference<Predicate<String>> swallow = new AtomicReference<>(_ -> false);
    private final AtomicReference<Predicate<String>> damage = new AtomicReference<>(_ -> false);
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<Duration> delay = new AtomicReference<>(Duration.ZERO);
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean refusing;
    private volatile int bytesPerSecond;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /// Starts one before a loopback port.
    public static TcpProxy before(int target) {
        try {
            var proxy = new TcpProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port for a proxy", e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Requests whose first line was seen so far.
    public long requests() {
        return requests.get();
    }

    /// Loses the reply of the next request whose first line fits, once.
    public void loseReplyOnce(Predicate<String> firstLine) {
        loseReply.set(firstLine);
    }

    /// Closes the connection of the next request whose first line fits, once, before the server sees the request.
    public void swallowOnce(Predicate<String> firstLine) {
        swallow.set(firstLine);
    }

    /// Changes one bit of the body of the next request whose first line fits, once.
    public void damageOnce(Predicate<String> firstLine) {
        damage.set(firstLine);
    }

    /// Cuts the connection once that many more bytes of replies have passed, once.
    public void cutAfter(long replyBytes) {
        cutAfter.set(replyBytes);
    }

    /// Holds back each piece of a reply for a while.
    public void delay(Duration each) {
        delay.set(each);
    }

    /// Takes requests no faster than this, 0 for as fast as can be.
    public void slowDown(int requestBytesPerSecond) {
        bytesPerSecond = requestBytesPerSecond;
    }

    /// Closes all connections, and each new one at once, until {@link #restore}.
    public void refuse() {
        refusing = true;
        open.forEach(TcpProxy::closeQuietly);
    }

    /// Ends what {@link #refuse} began.
    public void restore() {
        refusing = false;
    }

    @Override
    public void close() {
        refuse();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                if (refusing) {
                    client.close();
                } else {
                    Thread.ofVirtual().name("proxy-connection").start(() -> serve(client));
                }
            } catch (IOException _) {
                // The listener was closed, or a client left before it was served.
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            var exchange = new Exchange(this, client, server);
            var replies = Thread.ofVirtual().name("proxy-replies").start(exchange::replies);
            exchange.requests();
            replies.join();
            open.remove(server);
        } catch (IOException _) {
            // Either side has gone: so does the other.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /// Whether this request's reply is to be lost; counts the request.
    boolean losesReply(String firstLine) {
        requests.incrementAndGet();
        return once(loseReply, firstLine);
    }

    boolean swallows(String firstLine) {
        return once(swallow, firstLine);
    }

    boolean damages(String firstLine) {
        return once(damage, firstLine);
    }

    private static boolean once(AtomicReference<Predicate<String>> fault, String firstLine) {
        var wanted = fault.get();
        return wanted.test(firstLine) && fault.compareAndSet(wanted, _ -> false);
    }

    /// Waits as long as this many bytes of a request take.
    void brake(int bytes) throws InterruptedException {
        var speed = bytesPerSecond;
        if (speed > 0) {
            Thread.sleep(Duration.ofMillis(1000L * bytes / speed));
        }
    }

    /// How many of these bytes may pass before the cut.
    int pass(int bytes) throws InterruptedException {
        if (delay.get().isPositive()) {
            Thread.sleep(delay.get());
        }
        var left = cutAfter.getAndUpdate(l -> l == Long.MAX_VALUE ? l : l <= bytes ? Long.MAX_VALUE : l - bytes);
        return (int) Math.min(bytes, left);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone already.
        }
    }
}
