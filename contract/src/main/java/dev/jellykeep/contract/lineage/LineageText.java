package dev.jellykeep.contract.lineage;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lineage document as JSON text.
public final class LineageText {
    private LineageText() {}

    /// What the text turned out to be.
    public sealed interface Parsed {
        record Readable(LineageDocument document) implements Parsed {}

        /// Written by a newer version: never to be replaced by this one.
        record TooNew(long format) implements Parsed {}

        /// Not a lineage document; `why` is one clause.
        record Unreadable(String why) implements Parsed {}
    }

    public static Parsed parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, "lineage.json");
            long format = json.format();
            return format > LineageDocument.FORMAT ? new Parsed.TooNew(format) : new Parsed.Readable(document(json));
        } catch (JsonFormatException e) {
            return new Parsed.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static LineageDocument document(JsonObject json) {
        String state = json.text(
                "state", "open or sealed", text -> Optional.of(text).filter(List.of("open", "sealed")::contains));
        for (String line : List.of("history", "forks")) {
            if (!json.has(line)) {
                throw new JsonFormatException("lineage.json has no `" + line + "`");
            }
        }
        return new LineageDocument(
                json.uuid("lineage"),
                json.optText("app"),
                json.count("epoch"),
                json.optText("holder"),
                state.equals("sealed"),
                json.objects("history").stream().map(Listed::from).toList(),
                json.objects("forks").stream().map(Fork::from).toList(),
                json.flag("asked", false),
                json.texts("holds"),
                json.texts("deleting"),
                json.optText("pin"),
                refusal(json.optObject("refused")));
    }

    private static @Nullable Refusal refusal(@Nullable JsonObject json) {
        return json == null ? null : new Refusal(json.text("reason"), json.optText("name"));
    }

    public static byte[] print(LineageDocument document) {
        Refusal refused = document.refused();
        return new JsonFields()
                .put("format", LineageDocument.FORMAT)
                .put("lineage", document.lineage())
                .put("app", document.app())
                .put("epoch", document.epoch())
                .put("holder", document.holder())
                .put("state", document.sealed() ? "sealed" : "open")
                .put("history", document.history().stream().map(Listed::toJson).toList())
                .put("forks", document.forks().stream().map(Fork::toJson).toList())
                .put("asked", document.asked())
                .put("holds", document.holds())
                .put("deleting", document.deleting())
                .put("pin", document.pin())
                .put(
                        "refused",
                        refused == null
                                ? null
                                : new JsonFields()
                                        .put("reason", refused.reason())
                                        .put("name", refused.name()))
                .toBytes();
    }
}
