package dev.jellykeep.sandbox.gateway;

import java.util.function.BooleanSupplier;

/// Decides on each request, in a thread of its own; it may take its time.
@FunctionalInterface
public interface Door {
    /// @param gone whether whoever sent it has left meanwhile
    Verdict judge(Head request, BooleanSupplier gone) throws InterruptedException;
}
