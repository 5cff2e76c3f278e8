package dev.jellykeep.sandbox.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// One request for a token, `GET …?resource=R&api-version=2019-08-01[&client_id=ID]` (`container-apps.md` §2).
///
/// @param secret the value of `X-IDENTITY-HEADER`
/// @param query by name in lower case, decoded
record TokenRequest(String method, String secret, Map<String, String> query) {
    private static final String VERSION = "2019-08-01";
    private static final String SYSTEM = "system";

    /// Names of a user-assigned identity, of which a request has at most one.
    private static final List<String> NAMES = List.of("client_id", "principal_id", "object_id", "mi_res_id");

    /// @param target path and query
    static TokenRequest of(String method, String target, String secret) {
        var query = new HashMap<String, String>();
        var at = target.indexOf('?');
        for (var pair :
                at < 0 ? List.<String>of() : List.of(target.substring(at + 1).split("&", -1))) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals).toLowerCase(Locale.ROOT),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new TokenRequest(method, secret, Map.copyOf(query));
    }

    /// A status and what goes with it.
    record Reply(int status, ObjectNode body) {}

    /// @param bySecret the identities of each container, by the value that its header has
    Reply answer(Map<String, List<Identity>> bySecret, Tokens tokens) {
        if (!method.equals("GET")) {
            return refusal(405, "The method " + method + " is not allowed.");
        }
        var identities = bySecret.get(secret);
        if (identities == null) {
            // Which of 401 and 403 the service says is not known.
            return refusal(401, "The X-IDENTITY-HEADER header is missing or wrong.");
        }
        if (!query.getOrDefault("api-version", "").equals(VERSION)) {
            return refusal(400, "The api-version is not supported: use " + VERSION + ".");
        }
        var resource = query.getOrDefault("resource", "");
        if (resource.isBlank()) {
            return refusal(400, "The resource parameter is missing.");
        }
        var given = NAMES.stream().filter(query::containsKey).toList();
        if (given.size() > 1) {
            return refusal(400, "Only one of " + NAMES + " may be given.");
        }
        var found = given.isEmpty()
                ? find(identities, identity -> identity.resourceId().equals(SYSTEM))
                : find(identities, named(given.getFirst(), query.getOrDefault(given.getFirst(), "")));
        return found.map(identity -> token(identity, resource, tokens))
                .orElseGet(() -> refusal(
                        400,
                        given.isEmpty()
                                ? "Unable to load the proper Managed Identity."
                                : "No User Assigned or Delegated Managed Identity found for specified"
                                        + " ClientId/ResourceId/PrincipalId."));
    }

    private static Predicate<Identity> named(String by, String value) {
        return identity -> switch (by) {
            case "client_id" -> identity.clientId().equalsIgnoreCase(value);
            case "mi_res_id" -> identity.resourceId().equalsIgnoreCase(value);
            default -> identity.principalId().equalsIgnoreCase(value);
        };
    }

    private static Optional<Identity> find(List<Identity> identities, Predicate<Identity> wanted) {
        return identities.stream().filter(wanted).findFirst();
    }

    private static Reply token(Identity identity, String resource, Tokens tokens) {
        var token = tokens.issue(identity, resource);
        var body = Json.object().put("access_token", token.value());
        body.put("expires_on", Long.toString(token.end().getEpochSecond()));
        body.put("resource", resource).put("token_type", "Bearer").put("client_id", identity.clientId());
        return new Reply(200, body);
    }

    private static Reply refusal(int status, String message) {
        var body = Json.object().put("statusCode", status).put("message", message);
        return new Reply(status, body.put("correlationId", UUID.randomUUID().toString()));
    }
}
