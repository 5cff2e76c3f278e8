package dev.jellykeep.contract.lineage;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import java.util.Optional;

/// `control/accept.json`: the replica that holds the lineage is to make a snapshot of its own the head, which a guard
/// had
/// refused. Protocol §6.
///
/// @param name of the suspect, with its folder
public record Accept(String name) {
    private static final int FORMAT = 1;

    /// As it is called in reports' answers.
    public String request() {
        return BlobLayout.ACCEPT + "#" + name;
    }

    public byte[] toBytes() {
        return new JsonFields().put("format", FORMAT).put("name", name).toBytes();
    }

    /// Empty if it can't be understood: then nothing is accepted.
    public static Optional<Accept> parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, BlobLayout.ACCEPT);
            return json.format() > FORMAT ? Optional.empty() : Optional.of(new Accept(json.text("name")));
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }
}
