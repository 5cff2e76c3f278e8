package dev.jellykeep.contract.archive;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a manifest in one pass, whatever its length.
public final class ManifestReader {
    private static final String WHAT = ".jellykeep/manifest.json";
    private static final int MOST_FIELDS = 100;

    private final JsonReader json;
    private final Visitor visitor;

    private ManifestReader(JsonReader json, Visitor visitor) {
        this.json = json;
        this.visitor = visitor;
    }

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
    /// @throws IOException only what `in` throws
    public static Outcome read(InputStream in, Visitor visitor) throws IOException {
        Source source = new Source(in);
        try (JsonReader json = JsonProviders.createReader(new ShortRecords(source, WHAT))) {
            return new ManifestReader(json, visitor).read();
        } catch (IOException e) {
            if (source.failure != null) {
                throw source.failure;
            }
            throw new JsonFormatException(WHAT + " is not valid JSON", e);
        } catch (Thrown e) {
            throw e.what;
        } catch (IllegalStateException | IllegalArgumentException e) {
            // the parser's own, where names are made to collide
            throw new JsonFormatException(WHAT + " is not valid JSON", e);
        }
    }

    private Outcome read() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonFormatException(WHAT + " is not a JSON object");
        }
        if (json.nextToken() != JsonToken.FIELD_NAME || !json.getFieldName().equals("format")) {
            throw new JsonFormatException(WHAT + " doesn't begin with its format");
        }
        long format = number("format");
        if (format != ArchiveHeader.FORMAT) {
            return new Outcome.TooNew(format);
        }
        Set<String> seen = new HashSet<>(Set.of("format"));
        long entryCount = -1;
        long byteCount = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.getFieldName();
            if (seen.size() == MOST_FIELDS) {
                throw new JsonFormatException(WHAT + " has more than " + MOST_FIELDS + " fields");
            }
            if (!seen.add(field)) {
                throw new JsonFormatException(WHAT + ": `" + field + "` stands there twice");
            }
            switch (field) {
                case "entries" -> each(field, ManifestEntry::from, visitor::entry);
                case "databases" -> each(field, DatabaseRecord::from, visitor::database);
                case "skipped" -> each(field, Skipped::from, visitor::skipped);
                case "entryCount" -> entryCount = number(field);
                case "byteCount" -> byteCount = number(field);
                default -> {
                    json.nextToken();
                    json.skipChildren();
                }
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || entryCount < 0 || byteCount < 0) {
            throw new JsonFormatException(WHAT + " ends early");
        }
        JsonObject.requireEnd(json, WHAT);
        long entries = entryCount;
        long bytes = byteCount;
        visited(() -> visitor.totals(entries, bytes));
        return new Outcome.Read();
    }

    private long number(String field) throws IOException {
        try {
            if (json.nextToken() == JsonToken.NUMBER) {
                return Long.parseLong(json.getText());
            }
        } catch (NumberFormatException _) {
            // falls through to what isn't a number at all
        }
        throw new JsonFormatException(WHAT + ": `" + field + "` should be a whole number");
    }

    private <T> void each(String field, Function<JsonObject, T> parse, Consumer<T> visit) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new JsonFormatException(WHAT + ": `" + field + "` should be a list");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            T next = parse.apply(JsonObject.next(json, WHAT));
            visited(() -> visit.accept(next));
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new JsonFormatException(WHAT + ": `" + field + "` ends early or holds something else than objects");
        }
    }

    private static void visited(Runnable visit) {
        try {
            visit.run();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new Thrown(e);
        }
    }

    /// By a visitor, to tell it from what the parser throws.
    @SuppressWarnings("serial")
    private static final class Thrown extends RuntimeException {
        private final RuntimeException what;

        Thrown(RuntimeException what) {
            super(what);
            this.what = what;
        }
    }

    /// Remembers its failure, to tell a stream that broke from a text that is broken.
    private static final class Source extends FilterInputStream {
        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
