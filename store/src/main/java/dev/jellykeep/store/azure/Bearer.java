package dev.jellykeep.store.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts a token on each request, over HTTPS or to this machine only; a token is renewed shortly before it ends.
final class Bearer extends HttpPipelineSyncPolicy {
    private static final TokenRequestContext STORAGE =
            new TokenRequestContext().addScopes("https://storage.azure.com/.default");
    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(5);
    private static final Pattern PRINCIPAL = Pattern.compile("\"oid\"\\s*:\\s*\"([0-9a-fA-F-]+)\"");
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\.[0-9.]+|\\[?::1]?");

    private final TokenCredential credential;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable AccessToken token;

    Bearer(TokenCredential credential, InstantSource clock) {
        this.credential = credential;
        this.clock = clock;
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        var url = context.getHttpRequest().getUrl();
        if (!url.getProtocol().equals("https")
                && !THIS_MACHINE.matcher(url.getHost()).matches()) {
            throw new NoTokenException(
                    "a token is not sent over plain http; write the account URL with https", false, null);
        }
        context.getHttpRequest()
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + current().getToken());
    }

    /// Object id of whoever the last token was for, for messages; empty where there was none or it doesn't say.
    Optional<String> principal() {
        var last = token;
        if (last == null) {
            return Optional.empty();
        }
        var parts = last.getToken().split("\\.", -1);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            var claims = PRINCIPAL.matcher(
                    new String(Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8));
            return claims.find() ? Optional.of(claims.group(1)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private AccessToken current() {
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

    private AccessToken renew(@Nullable AccessToken old) {
        try {
            var fresh = credential.getTokenSync(STORAGE);
            token = fresh;
            return fresh;
        } catch (RuntimeException e) {
            if (old != null && left(old).isPositive()) {
                return old;
            }
            throw e instanceof NoTokenException told ? told : NoTokenException.of(e);
        }
    }

    private Duration left(AccessToken of) {
        return Duration.between(clock.instant(), of.getExpiresAt().toInstant());
    }
}
