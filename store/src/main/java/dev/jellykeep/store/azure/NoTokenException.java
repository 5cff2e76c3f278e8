package dev.jellykeep.store.azure;

import org.jspecify.annotations.Nullable;

/// No token could be had. The message has neither a subject nor a full stop: it follows "… : ".
final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    /// Tells why.
    ///
    /// @param passing asking again may help: the endpoint starts while init containers already run
    NoTokenException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    boolean passing() {
        return passing;
    }
}
