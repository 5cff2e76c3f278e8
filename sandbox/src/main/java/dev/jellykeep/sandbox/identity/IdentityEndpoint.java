package dev.jellykeep.sandbox.identity;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.gateway.Gateway;
import dev.jellykeep.sandbox.gateway.Head;
import dev.jellykeep.sandbox.gateway.Verdict;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One replica's endpoint: a port of its own, and a secret for each of its containers.
final class IdentityEndpoint implements AutoCloseable {
    private final Gateway gateway;
    private final Tokens tokens;
    private final Instant from;
    private final Map<String, List<Identity>> bySecret = new ConcurrentHashMap<>();

    /// @param from when it begins to answer
    IdentityEndpoint(InetAddress at, Tokens tokens, Instant from) {
        this.tokens = tokens;
        this.from = from;
        this.gateway = Gateway.reserve("identity", at, 0, null, (request, _) -> answer(request));
    }

    /// Lets a container in, and tells what it has to know.
    Map<String, String> variables(String secret, List<Identity> identities) {
        bySecret.put(secret, List.copyOf(identities));
        var address = gateway.address();
        var host = address.getAddress().getHostAddress();
        return Map.of(
                "IDENTITY_ENDPOINT",
                "http://" + host + ":" + address.getPort() + "/msi/token",
                "IDENTITY_HEADER",
                secret);
    }

    /// Answers if it is time to, and nobody wants it to be silent.
    void look(Instant now, boolean silent) {
        if (silent || now.isBefore(from)) {
            gateway.refuse();
        } else {
            gateway.listen();
        }
    }

    @Override
    public void close() {
        gateway.close();
    }

    private Verdict answer(Head request) {
        var asked = TokenRequest.of(request.method(), request.target(), request.value("X-IDENTITY-HEADER"));
        var reply = asked.answer(bySecret, tokens);
        var reason = reply.status() == 200 ? "OK" : "Refused";
        return Verdict.Answer.of(
                reply.status(),
                reason,
                "application/json; charset=utf-8",
                reply.body().toString());
    }
}
