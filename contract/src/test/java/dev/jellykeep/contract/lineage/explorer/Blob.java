package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Archived;

/// An archive in the store.
///
/// @param data user writes in it, one bit each
/// @param gone deleted; what it was is remembered for the invariants only
/// @param acknowledged its writer knows that it is registered
record Blob(Archived facts, int data, boolean gone, boolean acknowledged) {
    String name() {
        return facts.name();
    }

    Blob deleted() {
        return new Blob(facts, data, true, acknowledged);
    }

    Blob acked() {
        return new Blob(facts, data, gone, true);
    }
}
