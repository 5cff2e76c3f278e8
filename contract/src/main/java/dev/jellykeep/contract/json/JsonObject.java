package dev.jellykeep.contract.json;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Read access to one small JSON object with errors that name the document and the field. Unknown fields
/// are ignored; a field that stands there twice is an error.
public final class JsonObject {
    private final String document;
    private final Map<String, @Nullable Object> fields;

    private JsonObject(String document, Map<String, @Nullable Object> fields) {
        this.document = document;
        this.fields = fields;
    }

    /// Parses UTF-8 JSON text whose top is an object.
    ///
    /// @param document what it is, for messages
    /// @throws JsonFormatException if it isn't
    public static JsonObject parse(byte[] text, String document) {
        try (JsonReader reader = JsonProviders.createReader(text)) {
            if (reader.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonFormatException(document + " is not a JSON object");
            }
            JsonObject object = new JsonObject(document, new JsonValues(reader, document).object(0));
            requireEnd(reader, document);
            return object;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new JsonFormatException(document + " is not valid JSON", e);
        }
    }

    /// @throws JsonFormatException if anything but white space follows
    public static void requireEnd(JsonReader reader, String document) throws IOException {
        JsonToken next = reader.nextToken();
        if (next != null && next != JsonToken.END_DOCUMENT) {
            throw new JsonFormatException(document + " goes on after its end");
        }
    }

    /// Reads the object that `reader` stands on (its START_OBJECT token), leaving the reader on its
    /// END_OBJECT.
    public static JsonObject next(JsonReader reader, String document) throws IOException {
        return new JsonObject(document, new JsonValues(reader, document).object(0));
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    public String text(String name) {
        return present(name, optText(name), "text");
    }

    public @Nullable String optText(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(name, "text");
    }

    public long number(String name) {
        return present(name, optNumber(name), "a whole number");
    }

    public @Nullable Long optNumber(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof Long) {
            return (Long) value;
        }
        throw wrong(name, "a whole number");
    }

    /// A whole number that is not negative.
    public long count(String name) {
        long count = number(name);
        if (count < 0) {
            throw wrong(name, "0 or more");
        }
        return count;
    }

    /// The field `format`, 1 or more. One that is out of range was written by a newer version too, and is
    /// not an error.
    public long format() {
        if (fields.get("format") instanceof Double huge && huge >= Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long format = number("format");
        if (format < 1) {
            throw wrong("format", "1 or more");
        }
        return format;
    }

    /// A text that `parse` understands.
    ///
    /// @param expected as in "`name` should be …"
    public <T> T text(String name, String expected, Function<String, Optional<T>> parse) {
        String text = text(name);
        return parse.apply(text).orElseThrow(() -> wrong(name, expected + ", not " + text));
    }

    /// @return `fallback` if the field is absent or null
    public boolean flag(String name, boolean fallback) {
        Object value = fields.get(name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    public UUID uuid(String name) {
        try {
            return UUID.fromString(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "a UUID", e);
        }
    }

    public Instant instant(String name) {
        return present(name, optInstant(name), "a time");
    }

    public @Nullable Instant optInstant(String name) {
        String text = optText(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name, "a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    public JsonObject object(String name) {
        return present(name, optObject(name), "an object");
    }

    public @Nullable JsonObject optObject(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        return asObject(name, value);
    }

    /// The field's list of objects; empty if the field is absent.
    public List<JsonObject> objects(String name) {
        return list(name).stream().map(item -> asObject(name, item)).toList();
    }

    /// The field's list of texts; empty if the field is absent.
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private List<?> list(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items) {
            return items;
        }
        throw wrong(name, "a list");
    }

    private JsonObject asObject(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), item));
            return new JsonObject(document + ": " + name, copy);
        }
        throw wrong(name, "an object");
    }

    private <T> T present(String name, @Nullable T value, String expected) {
        if (value == null) {
            throw wrong(name, expected);
        }
        return value;
    }

    private JsonFormatException wrong(String name, String expected) {
        return wrong(name, expected, null);
    }

    private JsonFormatException wrong(String name, String expected, @Nullable Throwable cause) {
        return new JsonFormatException(document + ": `" + name + "` should be " + expected, cause);
    }
}
