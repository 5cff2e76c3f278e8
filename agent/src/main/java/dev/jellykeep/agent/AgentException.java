package dev.jellykeep.agent;

import org.jspecify.annotations.Nullable;

/// A step that could not be done. The message says in one sentence what failed, on what and what to do.
public final class AgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public AgentException(Reason reason, String message) {
        this(reason, message, null);
    }

    public AgentException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
