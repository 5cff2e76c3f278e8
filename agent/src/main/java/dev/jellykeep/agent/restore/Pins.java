package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.store.BlobStore;
import java.util.Optional;

/// The wish for one restore, as it lies in the store.
public final class Pins {
    private Pins() {}

    /// @return empty where nobody has asked
    /// @throws AgentException if it can't be read: what was asked for on purpose is never passed over
    public static Optional<Pin> read(BlobStore store) {
        return store.read(BlobLayout.RESTORE).map(blob -> {
            try {
                return Pin.parse(blob.content());
            } catch (JsonFormatException e) {
                throw new AgentException(
                        Reason.USAGE,
                        BlobLayout.RESTORE + " in " + store.describe() + " can't be read (" + e.getMessage()
                                + "): use a newer jellykeep, or take it back with `jellykeep pin --clear`",
                        e);
            }
        });
    }
}
