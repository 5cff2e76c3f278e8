package dev.jellykeep.store.azure;

import java.time.Instant;

/// The service answered, and not with what was asked for.
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Fault.Refused fault;
    private final Instant date;

    /// Made from a reply.
    ///
    /// @param date the service's clock
    RefusedException(Fault.Refused fault, Instant date) {
        super(fault.words(), null, false, false);
        this.fault = fault;
        this.date = date;
    }

    /// Finds the refusal in what the SDK threw: some of its calls wrap what they catch.
    ///
    /// @throws RuntimeException `thrown` itself, if it is no refusal
    static RefusedException in(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused;
            }
        }
        throw thrown;
    }

    Fault.Refused fault() {
        return fault;
    }

    String code() {
        return fault.code();
    }

    int status() {
        return fault.status();
    }

    Instant date() {
        return date;
    }
}
