package dev.jellykeep.sandbox.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Issues access tokens and knows its own again: JWTs with the claims of Entra's, under a key of this sandbox's.
///
/// Their times are the machine's, since those who renew and check them have no other clock.
public final class Tokens {
    /// The tenant whose tokens they are.
    public static final String TENANT = "00000000-0000-0000-0000-00000000feed";

    private static final String ISSUER = "https://sts.windows.net/" + TENANT + "/";
    private static final String HEADER = encode(Json.object().put("typ", "JWT").put("alg", "HS256"));

    /// Entra dates tokens back, so that clocks may differ.
    private static final Duration BACK = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final SecretKeySpec key;
    private final AtomicReference<Duration> lifetime = new AtomicReference<>(Duration.ofHours(24));

    /// @param key 32 bytes of chance
    public Tokens(InstantSource clock, byte[] key) {
        this.clock = clock;
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// A token and its end.
    public record Token(String value, Instant end) {}

    /// What a token turned out to be.
    public sealed interface Finding {
        /// Ours, for that audience, and valid now.
        record Valid(String principalId) implements Finding {}

        /// @param detail in the service's words
        record Invalid(String detail) implements Finding {}
    }

    /// How long tokens are valid that are issued from now on; 24 h at first, as for managed identities.
    public void lifetime(Duration length) {
        lifetime.set(length);
    }

    /// @param audience the resource that it is for
    public Token issue(Identity identity, String audience) {
        var now = clock.instant();
        var end = Instant.ofEpochSecond(now.plus(lifetime.get()).getEpochSecond());
        var from = now.minus(BACK).getEpochSecond();
        var claims = Json.object().put("aud", audience).put("iss", ISSUER);
        claims.put("iat", from).put("nbf", from).put("exp", end.getEpochSecond());
        claims.put("appid", identity.clientId()).put("idtyp", "app").put("tid", TENANT);
        claims.put("oid", identity.principalId()).put("sub", identity.principalId());
        claims.put("uti", UUID.randomUUID().toString()).put("ver", "1.0");
        var signed = HEADER + "." + encode(claims);
        return new Token(signed + "." + sign(signed), end);
    }

    /// @param audience without a slash at its end
    public Finding inspect(String token, String audience) {
        var claims = claims(token);
        if (claims.isEmpty()) {
            return new Finding.Invalid("Signature validation failed. The token was not issued by " + ISSUER + ".");
        }
        var now = clock.instant();
        if (now.isAfter(Instant.ofEpochSecond(claims.get().path("exp").longValue()))) {
            return new Finding.Invalid("Lifetime validation failed. The token is expired.");
        }
        var of = Json.text(claims.get(), "aud");
        if (!of.equals(audience) && !of.equals(audience + "/")) {
            return new Finding.Invalid("Audience validation failed. Audience did not match.");
        }
        return new Finding.Valid(Json.text(claims.get(), "oid"));
    }

    private Optional<ObjectNode> claims(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3 || !same(parts[2], sign(parts[0] + "." + parts[1]))) {
            return Optional.empty();
        }
        return Optional.of(Json.object(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)));
    }

    private String sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encode(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
