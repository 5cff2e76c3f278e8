package dev.jellykeep.sandbox.ingress;

import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.state.Traffic.Way;
import dev.jellykeep.sandbox.gateway.Gateway;
import dev.jellykeep.sandbox.gateway.Head;
import dev.jellykeep.sandbox.gateway.Verdict;
import dev.jellykeep.sandbox.gateway.Verdict.Answer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// The environment's front: each request goes to a ready replica of the app's revision that serves, and waits until
/// there is one.
///
/// An app is named by the first label of `Host`, as in `jellyfin.localhost`, or has a port of its own. Over HTTP only.
/// Upgrades are not passed on.
public final class Ingress implements AutoCloseable {
    /// How long the service lets a request wait.
    public static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final String TEXT = "text/plain";
    // Envoy's words.
    private static final Answer LATE = Answer.of(504, "Gateway Timeout", TEXT, "stream timeout");
    private static final Answer NOBODY = Answer.of(503, "Service Unavailable", TEXT, "no healthy upstream");
    private static final Answer UNREACHABLE = Answer.of(
            503,
            "Service Unavailable",
            TEXT,
            "upstream connect error or disconnect/reset before headers. reset reason: connection failure");
    private static final Answer NOWHERE = Answer.of(
            404,
            "Not Found",
            "text/html",
            "<html><head><title>Azure Container App - Unavailable</title></head>"
                    + "<body><h1>Error 404 - This Container App is stopped or does not exist.</h1></body></html>");

    private final ContainerApps apps;
    private final Addresses addresses;
    private final InetAddress at;
    private final Duration limit;
    private final Gateway outside;
    private final Gateway inside;
    private final Map<String, Gateway> byApp = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    private Ingress(ContainerApps apps, Addresses addresses, InetAddress at, int port, Duration limit) {
        this.apps = apps;
        this.addresses = addresses;
        this.at = at;
        this.limit = limit;
        this.outside =
                Gateway.open("ingress", at, port, null, (request, gone) -> judge(request, app(request), true, gone));
        this.inside = Gateway.open(
                "ingress-inside", at, 0, null, (request, gone) -> judge(request, app(request), false, gone));
    }

    /// Starts one.
    ///
    /// @param at where users reach it
    /// @param port 0 for any that is free
    /// @param limit how long a request waits for a replica, by the sandbox's clock; by the machine's for its reply
    public static Ingress start(ContainerApps apps, Addresses addresses, InetAddress at, int port, Duration limit) {
        return new Ingress(apps, addresses, at, port, limit);
    }

    /// For users outside the environment; the app is in `Host`.
    public URI uri() {
        return uri(outside);
    }

    /// For callers inside the environment, who reach internal apps too; the app is in `Host`.
    public URI insideUri() {
        return uri(inside);
    }

    /// A port of an app's own, for users outside, whatever `Host` says. Again: the same.
    public URI uri(String app) {
        return uri(byApp.computeIfAbsent(
                app,
                name -> Gateway.open(
                        "ingress-" + name, at, 0, null, (request, gone) -> judge(request, name, true, gone))));
    }

    @Override
    public void close() {
        outside.close();
        inside.close();
        byApp.values().forEach(Gateway::close);
    }

    private static URI uri(Gateway gateway) {
        var address = gateway.address();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    private static String app(Head request) {
        return request.value("Host").split("[.:]", 2)[0];
    }

    private Verdict judge(Head request, String name, boolean fromOutside, BooleanSupplier gone)
            throws InterruptedException {
        var entered = apps.traffic(traffic -> traffic.enter(name, fromOutside));
        if (entered.isEmpty()) {
            return NOWHERE;
        }
        var leaves = false;
        try {
            var verdict = wait(request, entered.get(), gone);
            leaves = verdict instanceof Verdict.Forward;
            return verdict;
        } finally {
            if (!leaves) {
                leave(entered.get());
            }
        }
    }

    private Verdict wait(Head request, String app, BooleanSupplier gone) throws InterruptedException {
        var deadline = apps.now().plus(limit);
        while (true) {
            var way = apps.traffic(traffic -> traffic.way(app));
            switch (way) {
                case Way.Nowhere _ -> {
                    return NOWHERE;
                }
                case Way.Failed _ -> {
                    return NOBODY;
                }
                case Way.To to -> {
                    var found = forward(request, app, to);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                case Way.Waits _ -> {}
            }
            if (!apps.now().isBefore(deadline)) {
                return LATE;
            }
            if (gone.getAsBoolean()) {
                return new Verdict.Drop();
            }
            Thread.sleep(GLANCE);
        }
    }

    private Optional<Verdict> forward(Head request, String app, Way.To to) {
        var replica = to.replicas()
                .get(Math.floorMod(turn.getAndIncrement(), to.replicas().size()));
        return addresses
                .of(replica, to.port())
                .map(address -> new Verdict.Forward(
                        request.with("X-Forwarded-Proto", "https"),
                        address,
                        null,
                        limit,
                        LATE,
                        UNREACHABLE,
                        () -> leave(app)));
    }

    private void leave(String app) {
        apps.<Boolean>traffic(traffic -> {
            traffic.leave(app);
            return true;
        });
    }
}
