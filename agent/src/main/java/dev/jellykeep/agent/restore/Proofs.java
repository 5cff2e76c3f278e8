package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import java.util.Map;

/// The last proof that restoring works, as it lies in the store.
public final class Proofs {
    private Proofs() {}

    /// Leaves it for everybody to see. Who may only read the store leaves none, and is told so.
    public static void leave(Proof proof, BlobStore store, Journal journal) {
        try {
            String _ = store.put(BlobLayout.PROOF, proof.toBytes(), Map.of());
        } catch (StoreException e) {
            journal.warn("the proof can't be written", "why", String.valueOf(e.getMessage()));
        }
    }
}
