package dev.jellykeep.store.azure;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// HTTP clients, one for each way out, whatever the number of accounts: each has a thread and files of its own.
final class Clients implements AutoCloseable {
    private final OutboundProxy proxy;
    private final Duration connect;
    // Guarded by this.
    private final Map<String, Client> byWay = new HashMap<>();

    /// A plain one that {@link #prepare} made, for whoever needs it first.
    private static final AtomicReference<@Nullable FutureTask<HttpClient>> PREPARED = new AtomicReference<>();

    Clients(OutboundProxy proxy, Duration connect) {
        this.proxy = proxy;
        this.connect = connect;
    }

    /// @param proxyAuthorization what each request has to tell the proxy, if anything
    record Client(HttpClient http, Optional<String> proxyAuthorization) {}

    /// The client for an account.
    ///
    /// @throws dev.jellykeep.store.StoreException INVALID if the proxy's address can't be right
    synchronized Client to(URI account) {
        boolean plain = account.getScheme().equalsIgnoreCase("http");
        return byWay.computeIfAbsent(way(account, plain), _ -> make(account, plain));
    }

    // A record would do, but the JVM makes its hashCode when it is first asked: 15 ms of a start.
    private String way(URI account, boolean plain) {
        return (plain ? "plain " : "tls ")
                + proxy.to(account).map(URI::toString).orElse("direct");
    }

    /// The default TLS context reads the machine's certificates, 70 ms that plain HTTP needn't wait for.
    private Client make(URI account, boolean plain) {
        if (plain && proxy.to(account).isEmpty() && connect.equals(AzureStores.LONGEST_CONNECT)) {
            var prepared = PREPARED.getAndSet(null);
            return new Client(prepared == null ? plain(connect).build() : made(prepared), Optional.empty());
        }
        var builder = plain ? plain(connect) : builder(connect);
        var login = proxy.applyTo(builder, account);
        return new Client(builder.build(), login);
    }

    private static HttpClient.Builder builder(Duration connect) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connect);
    }

    private static HttpClient.Builder plain(Duration connect) {
        return builder(connect).sslContext(new NoTls());
    }

    /// Makes a client for plain HTTP ahead of the first use, which loads for 60 ms what every client needs.
    static void prepare() {
        var task = new FutureTask<>(() -> plain(AzureStores.LONGEST_CONNECT).build());
        if (PREPARED.compareAndSet(null, task)) {
            task.run();
        }
    }

    private static HttpClient made(FutureTask<HttpClient> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
