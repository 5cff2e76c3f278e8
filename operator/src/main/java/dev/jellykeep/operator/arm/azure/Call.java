package dev.jellykeep.operator.arm.azure;

import com.azure.core.util.Context;

/// One call of the port, as far as its requests need to know; handed through the SDK in its context.
///
/// @param write not to be sent again, whatever happens
record Call(String subscription, boolean write, Deadline deadline) {
    private static final String KEY = "jellykeep-call";

    Context context() {
        return new Context(KEY, this);
    }

    static Call in(Context context) {
        return context.getData(KEY)
                .map(Call.class::cast)
                .orElseThrow(() -> new IllegalStateException("a request to ARM that no call of the port makes"));
    }
}
