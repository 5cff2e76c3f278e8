package dev.jellykeep.operator.arm;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call to ARM that told nothing about its subject. The message says what, on what and what to do, in
/// one sentence without secrets.
public final class ArmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong, as far as the caller's next step depends on it.
    public enum Kind {
        /// 429, or our own bucket is empty for longer than the deadline: wait for {@link #retryAfter}.
        THROTTLED,
        /// No connection to ARM or Entra, no reply in time, 5xx: may get better by waiting.
        UNREACHABLE,
        /// 401: ARM doesn't accept the token. Waiting doesn't help.
        UNAUTHENTICATED,
        /// 403: the identity lacks a role (yet: roles take up to 10 minutes to spread), or a rule
        /// forbids it.
        FORBIDDEN,
        /// No token could be had: none is configured, or Entra refuses it. Waiting doesn't help.
        NO_CREDENTIAL,
        /// A wrong setting, a request that ARM refuses, or an answer that no ARM gives.
        INVALID
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;
    private final String requestId;

    /// Made by adapters.
    ///
    /// @param retryAfter null where nobody said
    /// @param requestId `x-ms-request-id`, or `""`
    public ArmException(
            Kind kind, String message, @Nullable Duration retryAfter, String requestId, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.requestId = requestId;
    }

    public Kind kind() {
        return kind;
    }

    /// How long ARM, or our own bucket, wants to be left alone.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// For Azure's support; empty where ARM didn't answer.
    public Optional<String> requestId() {
        return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
    }

    /// May the same call succeed later without anybody changing a setting?
    public boolean passing() {
        return kind == Kind.THROTTLED || kind == Kind.UNREACHABLE;
    }
}
