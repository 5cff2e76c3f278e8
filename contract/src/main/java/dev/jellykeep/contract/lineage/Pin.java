package dev.jellykeep.contract.lineage;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import java.util.List;

/// A restore that is asked for on purpose, in `control/restore.json`: each new replica restores this archive until one
/// of them promotes; from then on it counts for nothing. Protocol §6.
///
/// @param archive name as the document lists it
/// @param token tells this wish from earlier ones
/// @param accept names of refusals that are overruled for it
public record Pin(String archive, String token, List<String> accept) {
    private static final int FORMAT = 1;

    public Pin {
        accept = List.copyOf(accept);
    }

    /// Whether it still counts.
    public boolean isOpen(LineageDocument document) {
        return !token.equals(document.pin());
    }

    public byte[] toBytes() {
        return new JsonFields()
                .put("format", FORMAT)
                .put("archive", archive)
                .put("token", token)
                .put("accept", accept)
                .toBytes();
    }

    /// @throws JsonFormatException if it isn't one, or one of a newer format
    public static Pin parse(byte[] text) {
        JsonObject json = JsonObject.parse(text, BlobLayout.RESTORE);
        if (json.format() > FORMAT) {
            throw new JsonFormatException(BlobLayout.RESTORE + " was written by a newer version");
        }
        return new Pin(json.text("archive"), json.text("token"), json.has("accept") ? json.texts("accept") : List.of());
    }
}
