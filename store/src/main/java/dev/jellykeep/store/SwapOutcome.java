package dev.jellykeep.store;

/// Answer to compare-and-swap.
public sealed interface SwapOutcome {
    record Swapped(String etag) implements SwapOutcome {}

    /// The blob has another ETag, or is gone; nothing was written by this call.
    record Conflict() implements SwapOutcome {}

    /// The reply was lost or the service failed after it may have written: read again and look.
    record Unknown(String why) implements SwapOutcome {}
}
