package dev.jellykeep.contract.archive;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What the manifest says of one database.
///
/// @param path relative to the data root
/// @param pages page count; -1 where it could not be read
/// @param users rows of the users' table; null where there is none
/// @param administrators users with the administrator's permission; null where there is no users' table
/// @param migrationHead newest applied migration; null where there is no migration history
/// @param unverified why the database could not be checked or copied through SQLite; null: `integrity_check` passed
public record DatabaseRecord(
        String path,
        long pages,
        @Nullable Long users,
        @Nullable Long administrators,
        @Nullable String migrationHead,
        @Nullable String unverified) {

    JsonFields toJson() {
        return new JsonFields()
                .put("path", path)
                .put("pages", pages)
                .putIfPresent("users", users)
                .putIfPresent("administrators", administrators)
                .putIfPresent("migrationHead", migrationHead)
                .putIfPresent("unverified", unverified);
    }

    static DatabaseRecord from(JsonObject json) {
        return new DatabaseRecord(
                json.text("path"),
                json.number("pages"),
                json.optNumber("users"),
                json.optNumber("administrators"),
                json.optText("migrationHead"),
                json.optText("unverified"));
    }
}
