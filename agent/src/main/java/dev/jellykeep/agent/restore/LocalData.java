package dev.jellykeep.agent.restore;

import dev.jellykeep.contract.replica.ReplicaIdentity;

/// What is in the data root before a restore.
public sealed interface LocalData {
    /// No database and no `system.xml`, and no restore of ours was here, or none that got to its end.
    ///
    /// @param started the identity of an unfinished restore, whose replica id is kept; null: none
    record Empty(@org.jspecify.annotations.Nullable ReplicaIdentity started) implements LocalData {}

    /// A restore of ours got to its end here.
    ///
    /// @param usable the main database is there and can be opened
    record Ours(ReplicaIdentity identity, boolean usable) implements LocalData {}

    /// Data, but no identity file: some other tool put it here.
    record Unknown() implements LocalData {}
}
