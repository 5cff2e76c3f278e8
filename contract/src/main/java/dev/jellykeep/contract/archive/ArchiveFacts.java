package dev.jellykeep.contract.archive;

import dev.jellykeep.contract.lineage.Archived;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The essentials of an archive, kept as blob metadata so that a listing is enough to decide. Set by the commit
/// itself.
///
/// @param content hex digest over what the snapshot holds (not over the blob): equal content, equal digest
/// @param sha256 hex digest of the blob's bytes
/// @param bytes uncompressed bytes of content
/// @param users rows of the main database's users' table
/// @param suspectReason the guard that refused it; null for archives that passed
public record ArchiveFacts(
        UUID lineage,
        String owner,
        long epoch,
        long sequence,
        @Nullable String parent,
        ArchiveKind kind,
        Instant taken,
        String sha256,
        String content,
        long bytes,
        long entries,
        long users,
        @Nullable String migrationHead,
        @Nullable String appVersion,
        @Nullable String pinToken,
        @Nullable String suspectReason) {

    /// Metadata key by which our archives are known; its value is the format.
    public static final String MARK = "jellykeep";

    /// As blob metadata; keys are lower-case identifiers, values ASCII.
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(MARK, Integer.toString(ArchiveHeader.FORMAT));
        metadata.put("lineage", lineage.toString());
        metadata.put("owner", owner);
        metadata.put("epoch", Long.toString(epoch));
        metadata.put("sequence", Long.toString(sequence));
        put(metadata, "parent", parent);
        metadata.put("kind", kind.wireName());
        metadata.put("taken", taken.toString());
        metadata.put("sha256", sha256);
        metadata.put("content", content);
        metadata.put("bytes", Long.toString(bytes));
        metadata.put("entries", Long.toString(entries));
        metadata.put("users", Long.toString(users));
        put(metadata, "migrationhead", migrationHead);
        put(metadata, "appversion", appVersion);
        put(metadata, "pintoken", pinToken);
        put(metadata, "suspectreason", suspectReason);
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            metadata.put(key, value.replaceAll("[^\\x20-\\x7e]", "?").strip());
        }
    }

    /// @return empty where the metadata isn't ours, is of a newer format, or can't be understood
    public static Optional<ArchiveFacts> from(Map<String, String> metadata) {
        if (!Integer.toString(ArchiveHeader.FORMAT).equals(metadata.get(MARK))) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(metadata));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ArchiveFacts parse(Map<String, String> metadata) {
        return new ArchiveFacts(
                UUID.fromString(required(metadata, "lineage")),
                required(metadata, "owner"),
                count(metadata, "epoch"),
                count(metadata, "sequence"),
                metadata.get("parent"),
                ArchiveKind.ofWireName(required(metadata, "kind")).orElseThrow(IllegalArgumentException::new),
                Instant.parse(required(metadata, "taken")),
                required(metadata, "sha256"),
                required(metadata, "content"),
                count(metadata, "bytes"),
                count(metadata, "entries"),
                count(metadata, "users"),
                metadata.get("migrationhead"),
                metadata.get("appversion"),
                metadata.get("pintoken"),
                metadata.get("suspectreason"));
    }

    /// None of ours is negative, and a document that lists such a one could not be read any more.
    private static long count(Map<String, String> metadata, String key) {
        long count = Long.parseLong(required(metadata, key));
        if (count < 0) {
            throw new IllegalArgumentException(key + " is negative");
        }
        return count;
    }

    private static String required(Map<String, String> metadata, String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    /// Whether a header inside an archive gives it the same place in the same lineage.
    public boolean describes(ArchiveHeader header) {
        return lineage.equals(header.lineage())
                && owner.equals(header.owner())
                && epoch == header.epoch()
                && sequence == header.sequence()
                && Objects.equals(parent, header.parent());
    }

    /// Its place in the lineage, under the blob name `name`.
    public Archived archived(String name) {
        return new Archived(name, lineage, owner, epoch, sequence, parent, sha256, pinToken);
    }
}
