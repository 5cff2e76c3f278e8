package dev.jellykeep.store.azure;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// HTTP clients, one for each way out, whatever the number of accounts: each has a thread and files of its own.
final class Clients implements AutoCloseable {
    private final OutboundProxy proxy;
    private final Duration connect;
    // Guarded by this.
    private final Map<Way, Client> byWay = new HashMap<>();

    Clients(OutboundProxy proxy, Duration connect) {
        this.proxy = proxy;
        this.connect = connect;
    }

    private record Way(boolean plain, Optional<URI> proxy) {}

    /// @param proxyAuthorization what each request has to tell the proxy, if anything
    record Client(HttpClient http, Optional<String> proxyAuthorization) {}

    /// The client for an account.
    ///
    /// @throws dev.jellykeep.store.StoreException INVALID if the proxy's address can't be right
    synchronized Client to(URI account) {
        boolean plain = account.getScheme().equalsIgnoreCase("http");
        return byWay.computeIfAbsent(new Way(plain, proxy.to(account)), _ -> make(account, plain));
    }

    /// The default TLS context reads the machine's certificates, 70 ms that plain HTTP needn't wait for.
    private Client make(URI account, boolean plain) {
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connect);
        if (plain) {
            builder.sslContext(new NoTls());
        }
        var login = proxy.applyTo(builder, account);
        return new Client(builder.build(), login);
    }

    @Override
    public synchronized void close() {
        for (var each : byWay.values()) {
            // Without it, a JVM that ends waits 0.3 s for the client's selector thread.
            each.http().shutdownNow();
            each.http().close();
        }
        byWay.clear();
    }
}
