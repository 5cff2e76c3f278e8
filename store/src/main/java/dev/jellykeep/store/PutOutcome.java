package dev.jellykeep.store;

/// Answer to put-if-absent.
public sealed interface PutOutcome {
    record Created(String etag) implements PutOutcome {}

    /// The name was taken; nothing was written.
    record AlreadyExists() implements PutOutcome {}
}
