package dev.jellykeep.contract.archive;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `.jellykeep/archive.json`, an archive's first entry: all that is known before anything is read.
///
/// @param owner replica that wrote it
/// @param epoch 0 if the writer wasn't the holder
/// @param parent archive that it follows; null: the first of its line
/// @param appVersion Jellyfin's version, where known
public record ArchiveHeader(
        UUID lineage,
        String owner,
        long epoch,
        long sequence,
        @Nullable String parent,
        ArchiveKind kind,
        @Nullable String appVersion,
        Roles roles,
        Instant taken,
        String agent) {

    /// Version of header and manifest that this program writes, and the newest that it reads.
    public static final int FORMAT = 1;

    /// Name of the entry inside the archive.
    public static final String ENTRY = ".jellykeep/archive.json";

    /// What the text turned out to be.
    public sealed interface Parsed {
        record Readable(ArchiveHeader header) implements Parsed {}

        record TooNew(long format) implements Parsed {}

        record Unreadable(String why) implements Parsed {}
    }

    public byte[] toBytes() {
        return new JsonFields()
                .put("format", FORMAT)
                .put("lineage", lineage)
                .put("owner", owner)
                .put("epoch", epoch)
                .put("sequence", sequence)
                .put("parent", parent)
                .put("kind", kind.wireName())
                .put("appVersion", appVersion)
                .put("roles", roles.toJson())
                .put("taken", taken)
                .put("agent", agent)
                .toBytes();
    }

    public static Parsed parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, ENTRY);
            long format = json.format();
            return format > FORMAT ? new Parsed.TooNew(format) : new Parsed.Readable(from(json));
        } catch (JsonFormatException e) {
            return new Parsed.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static ArchiveHeader from(JsonObject json) {
        return new ArchiveHeader(
                json.uuid("lineage"),
                json.text("owner"),
                json.count("epoch"),
                json.count("sequence"),
                json.optText("parent"),
                json.text("kind", "a kind that this version knows", ArchiveKind::ofWireName),
                json.optText("appVersion"),
                Roles.from(json.object("roles")),
                json.instant("taken"),
                json.text("agent"));
    }
}
