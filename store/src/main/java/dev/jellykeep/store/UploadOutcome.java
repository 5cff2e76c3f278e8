package dev.jellykeep.store;

/// Answer to an upload's commit.
public sealed interface UploadOutcome {
    record Committed(String etag, long length) implements UploadOutcome {}

    /// The name was taken by something else; nothing was written.
    record AlreadyExists() implements UploadOutcome {}
}
