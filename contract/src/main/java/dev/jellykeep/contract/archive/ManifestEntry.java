package dev.jellykeep.contract.archive;

import com.azure.json.JsonWriter;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One entry of an archive as its manifest records it.
///
/// @param path relative to the data root, `/` between parts
/// @param size bytes of content; 0 for directories and links
/// @param mode permission bits, 0 to 07777
/// @param uid numeric owner
/// @param gid numeric group
/// @param sha256 hex digest of the content; null for directories and links
/// @param target a link's target; null otherwise
/// @param note what a reader should know, such as "kept changing while it was read"
public record ManifestEntry(
        String path,
        EntryType type,
        long size,
        int mode,
        long uid,
        long gid,
        @Nullable String sha256,
        @Nullable String target,
        @Nullable String note) {
    private static final Pattern MODE = Pattern.compile("[0-7]{4}");

    public void writeTo(JsonWriter json) throws IOException {
        new JsonFields()
                .put("path", path)
                .put("type", type.wireName())
                .put("size", size)
                .put("mode", String.format("%04o", mode))
                .put("uid", uid)
                .put("gid", gid)
                .putIfPresent("sha256", sha256)
                .putIfPresent("target", target)
                .putIfPresent("note", note)
                .writeTo(json);
    }

    static ManifestEntry from(JsonObject json) {
        return new ManifestEntry(
                json.text("path"),
                json.text("type", "a type that this version knows", EntryType::ofWireName),
                json.count("size"),
                json.text("mode", "four octal digits", ManifestEntry::mode),
                json.count("uid"),
                json.count("gid"),
                json.optText("sha256"),
                json.optText("target"),
                json.optText("note"));
    }

    private static Optional<Integer> mode(String text) {
        return MODE.matcher(text).matches() ? Optional.of(Integer.parseInt(text, 8)) : Optional.empty();
    }
}
