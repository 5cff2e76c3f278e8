package dev.jellykeep.contract.archive;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonObject;

/// The layout by role: where Jellyfin's two folders lie below the data root. `""` is the root itself.
///
/// @param data Jellyfin's data folder, relative to the data root
/// @param config Jellyfin's configuration folder, relative to the data root
public record Roles(String data, String config) {

    /// Path of the main database, relative to the data root.
    public String mainDatabase() {
        return in(data, "data/jellyfin.db");
    }

    /// Path of the second main database that Jellyfin kept up to 10.10, relative to the data root.
    public String libraryDatabase() {
        return in(data, "data/library.db");
    }

    /// Path of the file that holds the wizard's flag, relative to the data root.
    public String systemXml() {
        return in(config, "system.xml");
    }

    /// Is it one of the databases that the guards judge?
    public boolean isMain(String path) {
        return path.equals(mainDatabase()) || path.equals(libraryDatabase());
    }

    private static String in(String folder, String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    JsonFields toJson() {
        return new JsonFields().put("data", data).put("config", config);
    }

    static Roles from(JsonObject json) {
        return new Roles(json.text("data"), json.text("config"));
    }
}
