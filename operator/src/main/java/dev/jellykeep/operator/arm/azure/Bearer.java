package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.azure.Tokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps a token and renews it shortly before it ends.
final class Bearer {
    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(5);
    private static final Pattern PRINCIPAL = Pattern.compile("\"oid\"\\s*:\\s*\"([0-9a-fA-F-]+)\"");
    /// The library's own advice, which ends in a link.
    private static final Pattern ADVICE = Pattern.compile("To mitigate this issue");

    private final Tokens tokens;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Token token;

    Bearer(Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /// A token that is good for some minutes yet.
    ///
    /// @param atMost how long to wait for it
    /// @throws FaultException {@link Fault.NoToken}
    Token current(Duration atMost) throws InterruptedException {
        var now = token;
        if (now != null && fresh(now)) {
            return now;
        }
        if (!renewing.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new FaultException(late());
        }
        try {
            var other = token;
            return other != null && fresh(other) ? other : renew(other, atMost);
        } finally {
            renewing.unlock();
        }
    }

    /// Not to be used again: ARM refused it.
    void forget(Token refused) {
        renewing.lock();
        try {
            if (refused.equals(token)) {
                token = null;
            }
        } finally {
            renewing.unlock();
        }
    }

    /// Object id of whoever the last token was for, for messages; empty where there was none or it
    /// doesn't say.
    Optional<String> principal() {
        var last = token;
        var parts = last == null ? new String[0] : last.value().split("\\.", -1);
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

    private Token renew(@Nullable Token old, Duration atMost) throws InterruptedException {
        try {
            var renewed = asked(atMost);
            token = renewed;
            return renewed;
        } catch (FaultException e) {
            if (old != null && clock.instant().isBefore(old.end())) {
                return old;
            }
            throw e;
        }
    }

    /// On a thread of its own, which may be left behind: the library's own patience is longer than ours
    /// at times.
    private Token asked(Duration atMost) throws InterruptedException {
        var answer = new FutureTask<>(tokens::get);
        Thread.ofVirtual().name("arm-token").start(answer);
        try {
            return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new FaultException(late());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FaultException told ? told : new FaultException(noToken(e.getCause()));
        }
    }

    private static Fault late() {
        return new Fault.NoToken("Entra gave no token in time", true, null);
    }

    private boolean fresh(Token of) {
        return of.end().minus(RENEW_BEFORE_END).isAfter(clock.instant());
    }

    /// From what azure-identity threw: the first sentence that tells anything. A network that fails may
    /// come back.
    private static Fault noToken(@Nullable Throwable thrown) {
        String said = null;
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            if (cause instanceof FileSystemException) {
                return new Fault.NoToken(message + " can't be read", false, thrown);
            }
            if (cause instanceof IOException) {
                var why = "Entra can't be reached (" + cause.getClass().getSimpleName() + ")";
                return new Fault.NoToken(why, true, thrown);
            }
            if (said == null && !message.isBlank() && !message.contains("see inner exception")) {
                said = message;
            }
        }
        var sentence = said == null ? String.valueOf(thrown) : ADVICE.split(said, 2)[0];
        return new Fault.NoToken(sentence.replaceAll("[.\\s]+$", ""), false, thrown);
    }
}
