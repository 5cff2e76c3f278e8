package dev.jellykeep.sandbox.replicas.network;

import org.jspecify.annotations.Nullable;

/// The network can't be made or used; the message is one sentence for a person.
public final class NetworkFailure extends RuntimeException {
    public NetworkFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public NetworkFailure(String message) {
        this(message, null);
    }
}
