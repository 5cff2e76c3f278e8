package dev.jellykeep.sandbox.identity;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.replicas.Surroundings;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The endpoints of all replicas on one machine.
///
/// Somebody has to {@link #look} from time to time, as endpoints begin to answer at a time of the sandbox's clock.
public final class IdentityEndpoints implements Surroundings, AutoCloseable {
    private final InetAddress at;
    private final Tokens tokens;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, IdentityEndpoint> byReplica = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private boolean silent;
    private boolean closed;

    /// @param at where replicas can reach them
    /// @param clock the sandbox's, by which they begin to answer
    public IdentityEndpoints(InetAddress at, Tokens tokens, InstantSource clock, RandomGenerator random) {
        this.at = at;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    /// What a container has to know of its endpoint; nothing where its app has no identity for any container.
    ///
    /// A container without identities of its own gets the variables too, and a port where nobody ever
    /// answers: so it is for init containers in environments that have none for them.
    @Override
    public synchronized Map<String, String> variables(ReplicaOrder order, String container, boolean init) {
        var identities = order.identities();
        var own = init ? identities.init() : identities.main();
        if (identities.init().isEmpty() && identities.main().isEmpty()) {
            return Map.of();
        }
        if (own.isEmpty()) {
            return endpoint(order.name() + " without identity", Instant.MAX)
                    .variables(secret(order, container), List.of());
        }
        return endpoint(order.name(), identities.from()).variables(secret(order, container), own);
    }

    /// An endpoint for somebody who is no replica, from now on until the end.
    public synchronized Map<String, String> standing(String name, Identity identity) {
        return endpoint(name, Instant.MIN).variables(secrets.computeIfAbsent(name, _ -> chance()), List.of(identity));
    }

    /// Closes a replica's endpoint.
    @Override
    public synchronized void gone(String replica) {
        secrets.keySet().removeIf(container -> container.startsWith(replica + "/"));
        for (var name : List.of(replica, replica + " without identity")) {
            var endpoint = byReplica.remove(name);
            if (endpoint != null) {
                endpoint.close();
            }
        }
    }

    /// Has all endpoints refuse connections, or answer again.
    public synchronized void silent(boolean now) {
        silent = now;
        look();
    }

    /// Has those answer whose time has come.
    public synchronized void look() {
        var now = clock.instant();
        byReplica.values().forEach(endpoint -> endpoint.look(now, silent));
    }

    @Override
    public synchronized void close() {
        closed = true;
        byReplica.values().forEach(IdentityEndpoint::close);
        byReplica.clear();
    }

    private IdentityEndpoint endpoint(String name, Instant from) {
        if (closed) {
            throw new IllegalStateException("The sandbox is closed: " + name + " gets no identity any more.");
        }
        var endpoint = byReplica.computeIfAbsent(name, _ -> new IdentityEndpoint(at, tokens, from));
        endpoint.look(clock.instant(), silent);
        return endpoint;
    }

    /// The same at each start of a container.
    private String secret(ReplicaOrder order, String container) {
        return secrets.computeIfAbsent(order.name() + "/" + container, _ -> chance());
    }

    private String chance() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
