package dev.jellykeep.contract.archive;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonObject;

/// A file that is not in the archive although nothing excludes it.
///
/// @param path relative to the data root
/// @param why one clause
public record Skipped(String path, String why) {
    JsonFields toJson() {
        return new JsonFields().put("path", path).put("why", why);
    }

    static Skipped from(JsonObject json) {
        return new Skipped(json.text("path"), json.text("why"));
    }
}
