package dev.jellykeep.contract.json;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A small JSON object being put together; fields keep their order. Instants and UUIDs are written as text.
public final class JsonFields {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    public JsonFields put(String name, @Nullable Object value) {
        fields.put(name, plain(value));
        return this;
    }

    /// Leaves the field out where there is no value.
    public JsonFields putIfPresent(String name, @Nullable Object value) {
        return value == null ? this : put(name, value);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonFields nested -> nested.fields;
            case Collection<?> items -> items.stream().map(JsonFields::plain).toList();
            case Number number -> number;
            case Boolean flag -> flag;
            case Map<?, ?> map -> map;
            default -> value.toString();
        };
    }

    /// Calls `each` with every field that has a value, in order.
    public void forEach(BiConsumer<String, Object> each) {
        fields.forEach((name, value) -> {
            if (value != null) {
                each.accept(name, value);
            }
        });
    }

    /// UTF-8 JSON text on one line, ending with a newline.
    public byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(out)) {
            writeTo(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.write('\n');
        return out.toByteArray();
    }

    /// Writes the object at the writer's place.
    public void writeTo(JsonWriter writer) throws IOException {
        writer.writeUntyped(fields);
    }

    @Override
    public String toString() {
        return new String(toBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    }
}
