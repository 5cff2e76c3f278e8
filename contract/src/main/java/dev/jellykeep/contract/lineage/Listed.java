package dev.jellykeep.contract.lineage;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonObject;

/// One archive as the lineage document lists it.
///
/// @param name blob name relative to the prefix
/// @param sha256 hex digest of the blob's bytes
/// @param epoch epoch of the holder that wrote it; 0 if its writer wasn't the holder
/// @param sequence parent's sequence + 1
public record Listed(String name, String sha256, long epoch, long sequence) {
    /// Sequence of what follows an archive. There is none behind the last number: a stranger may have planted it, and
    /// our own must stay readable.
    public static long sequenceAfter(long sequence) {
        return sequence == Long.MAX_VALUE ? sequence : sequence + 1;
    }

    static Listed from(JsonObject json) {
        return new Listed(json.text("name"), json.text("sha256"), json.count("epoch"), json.count("sequence"));
    }

    JsonFields toJson() {
        return new JsonFields()
                .put("name", name)
                .put("sha256", sha256)
                .put("epoch", epoch)
                .put("sequence", sequence);
    }
}
