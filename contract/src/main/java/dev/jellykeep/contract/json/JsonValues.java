package dev.jellykeep.contract.json;

import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One document's values, read into memory, of which somebody else's bytes may take a hundred times what they are long.
final class JsonValues {
    private static final int MAX_DEPTH = 40;

    /// Names and values of some 50 bytes each in memory; as a lineage of 45 000 archives has.
    private static final int MOST = 500_000;

    /// What an object takes beside its names and values, and a list beside its values.
    private static final int OBJECT = 2;

    private static final int LIST = 1;

    private final JsonReader reader;
    private final String document;
    private int count;

    JsonValues(JsonReader reader, String document) {
        this.reader = reader;
        this.document = document;
    }

    /// The object that the reader stands on.
    Map<String, @Nullable Object> object(int depth) throws IOException {
        count(OBJECT);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (reader.nextToken() != JsonToken.END_OBJECT) {
            if (reader.currentToken() != JsonToken.FIELD_NAME) {
                throw new JsonFormatException(document + " ends in the middle of an object");
            }
            count(1);
            String name = reader.getFieldName();
            reader.nextToken();
            Object value = value(depth + 1);
            if (fields.containsKey(name)) {
                throw new JsonFormatException(document + ": `" + name + "` stands there twice");
            }
            fields.put(name, value);
        }
        return fields;
    }

    private @Nullable Object value(int depth) throws IOException {
        count(1);
        if (depth > MAX_DEPTH) {
            throw new JsonFormatException(document + " is nested too deeply");
        }
        JsonToken token = reader.currentToken();
        if (token == null) {
            throw unended();
        }
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> {
                count(LIST);
                List<@Nullable Object> items = new ArrayList<>();
                while (reader.nextToken() != JsonToken.END_ARRAY) {
                    if (reader.currentToken() == JsonToken.END_DOCUMENT || reader.currentToken() == null) {
                        throw new JsonFormatException(document + " ends in the middle of a list");
                    }
                    items.add(value(depth + 1));
                }
                yield items;
            }
            case STRING -> reader.getString();
            case NUMBER -> numeric(reader.getText());
            case BOOLEAN -> reader.getBoolean();
            case NULL -> null;
            default -> throw unended();
        };
    }

    private void count(int more) {
        count += more;
        if (count > MOST) {
            throw new JsonFormatException(document + " holds more than " + MOST + " names and values");
        }
    }

    private JsonFormatException unended() {
        return new JsonFormatException(document + " ends in the middle of a value");
    }

    private Object numeric(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return decimal(text);
        }
    }

    private Double decimal(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new JsonFormatException(document + " is not valid JSON", e);
        }
    }
}
