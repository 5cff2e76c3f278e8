package dev.jellykeep.store;

/// Answer to a deletion.
public enum DeleteOutcome {
    DELETED,
    ABSENT,
    /// An immutability policy or a legal hold keeps it: not an error.
    KEPT_BY_POLICY
}
