package dev.jellykeep.sandbox.gateway;

import dev.jellykeep.sandbox.gateway.Verdict.Forward;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A connection to a service.
///
/// @param idleSince when its last reply had ended, by the machine's own clock
record Service(InetSocketAddress at, @Nullable SSLContext tls, Socket socket, Inbound back, long idleSince) {
    /// Well below the five seconds after which Node.js closes one: a request must not meet its end.
    private static final Duration LONGEST = Duration.ofSeconds(2);

    static Service of(Forward forward, Socket socket) {
        return new Service(forward.to(), forward.tls(), socket, new Inbound(socket), System.nanoTime());
    }

    Service idleNow() {
        return new Service(at, tls, socket, back, System.nanoTime());
    }

    /// Whether a request can go over it: it is for the same service, and still open.
    boolean fits(Forward forward) {
        return at.equals(forward.to())
                && Objects.equals(tls, forward.tls())
                && System.nanoTime() - idleSince < LONGEST.toNanos()
                && !back.ended();
    }
}
