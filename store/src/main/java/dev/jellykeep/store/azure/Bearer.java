package dev.jellykeep.store.azure;

import dev.jellykeep.store.azure.Tokens.Token;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts a token on each request, over HTTPS or to this machine only; a token is renewed shortly before it ends.
final class Bearer implements Authentication {
    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(5);
    private static final Pattern PRINCIPAL = Pattern.compile("\"oid\"\\s*:\\s*\"([0-9a-fA-F-]+)\"");

    private final Tokens tokens;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Token token;

    Bearer(Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public String sign(Request request) {
        var url = URI.create(request.url());
        if (!url.getScheme().equalsIgnoreCase("https") && !ThisMachine.is(url.getHost())) {
            throw new NoTokenException(
                    "a token is not sent over plain http; write the account URL with https", false, null);
        }
        request.set("Authorization", "Bearer " + current().value());
        return request.url();
    }

    /// Object id of whoever the last token was for, for messages; empty where there was none or it doesn't say.
    Optional<String> principal() {
        var last = token;
        if (last == null) {
            return Optional.empty();
        }
        var parts = last.value().split("\\.", -1);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            var claims = PRINCIPAL.matcher(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            return claims.find() ? Optional.of(claims.group(1)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Token current() {
        var now = token;
        if (now != null && left(now).compareTo(RENEW_BEFORE_END) > 0) {
            return now;
        }
        renewing.lock();
        try {
            var other = token;
            if (other != null && left(other).compareTo(RENEW_BEFORE_END) > 0) {
                return other;
            }
            return renew(other);
        } finally {
            renewing.unlock();
        }
    }

    private Token renew(@Nullable Token old) {
        try {
            var fresh = tokens.get();
            token = fresh;
            return fresh;
        } catch (RuntimeException e) {
            if (old != null && left(old).isPositive()) {
                return old;
            }
            throw e instanceof NoTokenException told ? told : NoTokenException.of(e);
        }
    }

    private Duration left(Token of) {
        return Duration.between(clock.instant(), of.end());
    }
}
