package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.glob.Glob;
import dev.jellykeep.contract.glob.Globs;
import java.util.List;

/// The user's globs, as written; each can be read.
public record GlobSettings(List<String> include, List<String> exclude) {
    public GlobSettings {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /// The same with the default exclusions.
    ///
    /// @param dataFolder Jellyfin's data folder relative to the data root: {@link AppSettings#dataFolder}
    public Globs globs(String dataFolder) {
        return new Globs(read(include), read(exclude), dataFolder);
    }

    private static List<Glob> read(List<String> globs) {
        return globs.stream().map(glob -> Glob.parse(glob).orThrow()).toList();
    }
}
