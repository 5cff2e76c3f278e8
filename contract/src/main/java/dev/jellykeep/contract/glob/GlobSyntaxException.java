package dev.jellykeep.contract.glob;

import java.io.Serial;

/// A glob that can't be read.
final class GlobSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    GlobSyntaxException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
