package dev.jellykeep.contract.glob;

import java.util.ArrayList;
import java.util.List;

/// What a snapshot leaves out unless the user includes it: Jellyfin makes it again, or only it can read it.
public final class DefaultExclusions {
    /// At the data root and in the data folder: images disagree on where these are.
    public static final List<String> BESIDE_DATA = List.of("log/", "cache/", "transcodes/");

    /// Relative to Jellyfin's data folder: its own backups and the copies made before a migration.
    public static final List<String> IN_DATA = List.of("data/backups/", "data/SQLiteBackups/");

    /// Databases that Jellyfin has put aside after a migration.
    public static final List<String> ANYWHERE = List.of("**/*.old");

    private DefaultExclusions() {}

    /// The globs for one layout, relative to the data root.
    ///
    /// @param dataFolder Jellyfin's data folder relative to the data root, `""` if they are the same
    public static List<String> of(String dataFolder) {
        List<String> globs = new ArrayList<>(BESIDE_DATA);
        String prefix = dataFolder.isEmpty() ? "" : Glob.escape(dataFolder) + "/";
        if (!dataFolder.isEmpty()) {
            BESIDE_DATA.forEach(glob -> globs.add(prefix + glob));
        }
        IN_DATA.forEach(glob -> globs.add(prefix + glob));
        globs.addAll(ANYWHERE);
        return List.copyOf(globs);
    }
}
