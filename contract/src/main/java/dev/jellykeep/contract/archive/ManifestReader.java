package dev.jellykeep.contract.archive;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;

/// Reads a manifest in one pass, whatever its length.
public final class ManifestReader {
    private static final String WHAT = ".jellykeep/manifest.json";

    private ManifestReader() {}

    /// Receives a manifest's parts in the order in which they stand.
    public interface Visitor {
        /// In the order of the archive.
        default void entry(ManifestEntry entry) {}

        default void database(DatabaseRecord database) {}

        default void skipped(Skipped file) {}

        /// Last: the totals that the writer counted.
        default void totals(long entryCount, long byteCount) {}
    }

    /// What reading came to.
    public sealed interface Outcome {
        record Read() implements Outcome {}

        record TooNew(long format) implements Outcome {}
    }

    /// @throws JsonFormatException if the text isn't a manifest, or ends early
    public static Outcome read(InputStream in, Visitor visitor) throws IOException {
        try (JsonReader json = JsonProviders.createReader(in)) {
            return read(json, visitor);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new JsonFormatException(WHAT + " is not valid JSON", e);
        }
    }

    private static Outcome read(JsonReader json, Visitor visitor) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonFormatException(WHAT + " is not a JSON object");
        }
        long entryCount = -1;
        long byteCount = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.getFieldName();
            json.nextToken();
            switch (field) {
                case "format" -> {
                    if (json.getLong() > ArchiveHeader.FORMAT) {
                        return new Outcome.TooNew(json.getLong());
                    }
                }
                case "entries" -> each(json, item -> visitor.entry(ManifestEntry.from(item)));
                case "databases" -> each(json, item -> visitor.database(DatabaseRecord.from(item)));
                case "skipped" -> each(json, item -> visitor.skipped(Skipped.from(item)));
                case "entryCount" -> entryCount = json.getLong();
                case "byteCount" -> byteCount = json.getLong();
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || entryCount < 0 || byteCount < 0) {
            throw new JsonFormatException(WHAT + " ends early");
        }
        visitor.totals(entryCount, byteCount);
        return new Outcome.Read();
    }

    private interface Item {
        void accept(JsonObject item);
    }

    private static void each(JsonReader json, Item item) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new JsonFormatException(WHAT + " should hold a list here");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            item.accept(JsonObject.next(json, WHAT));
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new JsonFormatException(WHAT + " ends early");
        }
    }
}
