package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// One request and its reply: signed, numbered, logged, and judged. What isn't a success of ARM's is
/// thrown.
final class Exchange {
    /// The JDK sets these itself, and lets nobody else.
    private static final Set<String> RESTRICTED = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final Wire wire;
    private final CallLog log;
    private final Tallies tallies;
    private final InstantSource clock;
    private final RandomGenerator random;

    Exchange(Wire wire, CallLog log, Tallies tallies, InstantSource clock, RandomGenerator random) {
        this.wire = wire;
        this.log = log;
        this.tallies = tallies;
        this.clock = clock;
        this.random = random;
    }

    /// Sends it once.
    ///
    /// @return a success, with JSON or nothing as its body
    /// @throws FaultException for everything else
    Wire.Reply send(HttpRequest request, URI url, Tokens.Token token, Call call) {
        var headers = headers(request);
        headers.put("Authorization", "Bearer " + token.value());
        headers.put("User-Agent", "jellykeep-operator");
        var id = new UUID(random.nextLong(), random.nextLong()).toString();
        headers.put("x-ms-client-request-id", id);
        var method = request.getHttpMethod().toString();
        var line = log.line(method, url.getPath(), id, clock);
        var start = clock.instant();
        var body = request.getBodyAsBinaryData();
        try {
            var reply = wire.send(
                    url,
                    method,
                    headers,
                    body == null ? new byte[0] : body.toBytes(),
                    call.deadline().left().plus(Duration.ofMillis(1)));
            judge(reply);
            line.answered(reply, call.write());
            tallies.answered(method, reply.status(), Duration.between(start, clock.instant()));
            return reply;
        } catch (FaultException e) {
            line.failed(e.fault());
            tallies.failed(method, e.fault(), Duration.between(start, clock.instant()));
            throw e;
        }
    }

    private static Map<String, String> headers(HttpRequest request) {
        var headers = new HashMap<String, String>();
        request.getHeaders().stream()
                .filter(header -> !RESTRICTED.contains(header.getName().toLowerCase(Locale.ROOT)))
                .forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        headers.remove("authorization");
        headers.remove("user-agent");
        headers.remove("x-ms-client-request-id");
        return headers;
    }

    private void judge(Wire.Reply reply) {
        if (reply.status() / 100 != 2) {
            var error = ErrorBody.of(reply.body().toBytes());
            throw new FaultException(new Fault.Refused(
                    reply.status(),
                    error.code(),
                    error.message(),
                    RetryAfter.of(reply.headers()::firstValue, clock),
                    reply.requestId(),
                    reply.header("x-ms-correlation-request-id")));
        }
        var body = reply.body().toBytes();
        if (body.length > 0 && Json.parse(body).isEmpty()) {
            throw new FaultException(new Fault.NotArm("something other than JSON", reply.requestId()));
        }
    }
}
