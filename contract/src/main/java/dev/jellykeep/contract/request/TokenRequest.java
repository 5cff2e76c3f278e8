package dev.jellykeep.contract.request;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `control/KIND-DIGEST.json`: asks the agents for something, by a value that counts once, ever. It is put if it isn't
/// there yet, and never deleted.
///
/// @param value by whose digest it is named
/// @param archive what a backup is made for; null: for who asks
public record TokenRequest(
        RequestKind kind, String value, @Nullable ArchiveKind archive) {
    private static final int FORMAT = 1;

    public TokenRequest(RequestKind kind, String value) {
        this(kind, value, null);
    }

    /// The blob's name.
    public String name() {
        return BlobLayout.request(kind, value);
    }

    public byte[] toBytes() {
        return new JsonFields()
                .put("format", FORMAT)
                .put("value", value)
                .putIfPresent("kind", archive == null ? null : archive.wireName())
                .toBytes();
    }

    /// What the backup that is asked for is made for; empty: for who asks, or it can't be understood.
    public static Optional<ArchiveKind> archiveOf(byte[] request) {
        try {
            String kind = JsonObject.parse(request, "a request").optText("kind");
            return Optional.of(ArchiveKind.PRE_ROLLOUT)
                    .filter(each -> each.wireName().equals(kind));
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }
}
