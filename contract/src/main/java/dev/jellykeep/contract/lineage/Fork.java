package dev.jellykeep.contract.lineage;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What left the line after `base`: an entry of the document, nothing is copied or moved.
///
/// @param base last archive shared with the head's line; null: nothing is shared
/// @param owner replica that wrote the last of them
/// @param archives oldest first, never empty
public record Fork(@Nullable String base, String owner, Why why, List<Listed> archives) {
    public Fork {
        archives = List.copyOf(archives);
        if (archives.isEmpty()) {
            throw new IllegalArgumentException("a fork without archives");
        }
    }

    /// How the fork came about.
    public enum Why {
        /// Written by a replica that stood by while another held the lineage.
        STANDBY,
        /// Was the head's line until another line displaced it.
        DISPLACED,
        /// Found off the line when a lost document was rebuilt.
        REBUILT
    }

    /// The newest archive of the fork.
    public Listed tip() {
        return archives.getLast();
    }

    /// Continued by `writer`, who owns it from then on.
    Fork with(Listed archive, String writer) {
        List<Listed> longer = new ArrayList<>(archives);
        longer.add(archive);
        return new Fork(base, writer, why, longer);
    }

    static Fork from(JsonObject json) {
        return new Fork(
                json.optText("base"),
                json.text("owner"),
                Why.valueOf(json.text("why").toUpperCase(Locale.ROOT)),
                json.objects("archives").stream().map(Listed::from).toList());
    }

    JsonFields toJson() {
        return new JsonFields()
                .put("base", base)
                .put("owner", owner)
                .put("why", why.name().toLowerCase(Locale.ROOT))
                .put("archives", archives.stream().map(Listed::toJson).toList());
    }
}
