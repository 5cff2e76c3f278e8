package dev.jellykeep.sandbox.containerapps.http;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.state.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Who a token stands for. While none is given, any token stands for somebody who may do everything.
public final class Principals {
    private static final String BEARER = "Bearer ";

    private final Map<String, Caller> byToken = new ConcurrentHashMap<>();

    /// Gives a token; from the first one on no others are taken.
    public void put(String token, Caller caller) {
        byToken.put(token, caller);
    }

    /// @throws ArmRefusal 401 without a token that is taken
    Caller of(Request request) {
        var header = request.header("Authorization");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                || header.substring(BEARER.length()).isBlank()) {
            throw refusal(
                    "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing or invalid.");
        }
        var token = header.substring(BEARER.length()).strip();
        if (byToken.isEmpty()) {
            var id = UUID.nameUUIDFromBytes(token.getBytes(StandardCharsets.UTF_8));
            return new Caller("anybody", id.toString(), Caller.ALL);
        }
        var caller = byToken.get(token);
        if (caller == null) {
            throw refusal("InvalidAuthenticationToken", "The access token is invalid.");
        }
        return caller;
    }

    private static ArmRefusal refusal(String code, String message) {
        return ArmRefusal.of(
                401,
                code,
                message,
                Map.of(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"https://login.invalid/\", error=\"invalid_token\""));
    }
}
