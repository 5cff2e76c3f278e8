package dev.jellykeep.sandbox.standin;

import java.nio.file.Path;

/// Where a Jellyfin server keeps its files.
///
/// @param dataDir what `JELLYFIN_DATA_DIR` names; its databases are one level deeper, in `data/`
/// @param configDir what `JELLYFIN_CONFIG_DIR` names: `system.xml` and the like
/// @param logDir logs
/// @param cacheDir cache, transcodes below it
public record JellyfinFolders(Path dataDir, Path configDir, Path logDir, Path cacheDir) {

    /// Jellyfin's own image, which mounts `root` at `/config`; the cache is put below it, to have one to leave out.
    public static JellyfinFolders official(Path root) {
        return new JellyfinFolders(root, root.resolve("config"), root.resolve("log"), root.resolve("cache"));
    }

    /// The linuxserver image, which mounts `root` at `/config` and nests once more: `root/data/data/jellyfin.db`.
    public static JellyfinFolders linuxserver(Path root) {
        return new JellyfinFolders(root.resolve("data"), root, root.resolve("log"), root.resolve("cache"));
    }

    /// The hand-made set-up: data at `/data`, configuration on a disk of its own that nobody saved.
    public static JellyfinFolders original(Path dataDir, Path configDir) {
        return new JellyfinFolders(dataDir, configDir, dataDir.resolve("log"), dataDir.resolve("cache"));
    }

    /// The folder that holds the databases.
    public Path databaseFolder() {
        return dataDir.resolve("data");
    }

    /// The main database.
    public Path database() {
        return databaseFolder().resolve("jellyfin.db");
    }

    /// The library's own database, which servers up to 10.10 have.
    public Path libraryDatabase() {
        return databaseFolder().resolve("library.db");
    }

    /// A plugin's own database.
    public Path pluginDatabase() {
        return databaseFolder().resolve("playback_reporting.db");
    }

    /// Holds the flag that decides between login and setup wizard.
    public Path systemXml() {
        return configDir.resolve("system.xml");
    }

    public Path networkXml() {
        return configDir.resolve("network.xml");
    }
}
