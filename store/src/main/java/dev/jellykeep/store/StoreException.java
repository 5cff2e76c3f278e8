package dev.jellykeep.store;

import org.jspecify.annotations.Nullable;

/// A blob operation that failed. The message says operation, subject and remedy in one sentence, without secrets.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong, as far as the caller's next step depends on it.
    public enum Kind {
        /// No connection, time-out, 5xx, throttled beyond the deadline: may get better by waiting.
        UNREACHABLE,
        /// Host name of the account can't be resolved: usually a wrong account, at times a network that is not up yet.
        NO_SUCH_HOST,
        /// 401, or 403 `AuthenticationFailed`: wrong key, expired or malformed SAS. Waiting doesn't help.
        UNAUTHORIZED,
        /// 403 `AuthorizationPermissionMismatch` and kin: the identity has no role here (yet; roles take minutes to
        /// spread).
        FORBIDDEN,
        /// No credential could be had at all (no identity endpoint, not logged in).
        NO_CREDENTIAL,
        /// The container doesn't exist.
        NO_CONTAINER,
        /// The blob doesn't exist.
        NOT_FOUND,
        /// The blob was replaced while it was being read.
        CHANGED,
        /// What the service holds after a commit isn't what was sent.
        MISMATCH,
        /// A retention policy forbids overwriting: not a place for a lineage.
        IMMUTABLE,
        /// A setting or a request the service refuses: a bug or a wrong setting.
        INVALID
    }

    private final Kind kind;

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// May the same call succeed later without anybody changing a setting?
    public boolean passing() {
        return kind == Kind.UNREACHABLE;
    }
}
