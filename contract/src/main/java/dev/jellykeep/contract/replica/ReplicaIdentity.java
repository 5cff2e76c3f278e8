package dev.jellykeep.contract.replica;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `.jellykeep/replica.json` in the data root: which replica's data this is; protocol §3.
///
/// @param base archive that was restored here; null: started empty
/// @param pinToken the pin by which it was restored
/// @param complete false: the restore did not get to its end, so this is no data
public record ReplicaIdentity(
        UUID replica,
        UUID lineage,
        @Nullable String base,
        @Nullable String pinToken,
        boolean complete) {

    /// Where it lies below the data root.
    public static final String FILE = ".jellykeep/replica.json";

    private static final int FORMAT = 1;

    public ReplicaIdentity completed() {
        return new ReplicaIdentity(replica, lineage, base, pinToken, true);
    }

    public byte[] toBytes() {
        return new JsonFields()
                .put("format", FORMAT)
                .put("replica", replica)
                .put("lineage", lineage)
                .put("base", base)
                .put("pinToken", pinToken)
                .put("complete", complete)
                .toBytes();
    }

    /// @throws JsonFormatException if it isn't an identity, or one of a newer format
    public static ReplicaIdentity parse(byte[] text) {
        JsonObject json = JsonObject.parse(text, FILE);
        if (json.format() > FORMAT) {
            throw new JsonFormatException(FILE + " was written by a newer version");
        }
        return new ReplicaIdentity(
                json.uuid("replica"),
                json.uuid("lineage"),
                json.optText("base"),
                json.optText("pinToken"),
                json.flag("complete", false));
    }
}
