package dev.jellykeep.contract.glob;

import java.util.List;
import java.util.stream.Stream;

/// What a snapshot takes: everything but the default exclusions and what the user excludes, and in any case what the
/// user includes. The agent's own folder `.jellykeep/` is never taken: it is the identity of one replica.
public final class Globs {
    private static final String OWN_FOLDER = ".jellykeep";

    private final List<Glob> includes;
    private final List<Glob> excludes;

    /// Adds the default exclusions to the user's.
    ///
    /// @param dataFolder Jellyfin's data folder relative to the data root, `""` if they are the same
    public Globs(List<Glob> includes, List<Glob> excludes, String dataFolder) {
        this.includes = List.copyOf(includes);
        var defaults = DefaultExclusions.of(dataFolder).stream()
                .map(text -> Glob.parse(text).orThrow())
                .toList();
        this.excludes = Stream.concat(excludes.stream(), defaults.stream()).toList();
    }

    /// Whether a file or folder belongs to the snapshot.
    ///
    /// @param path of a file or folder, relative to the data root, with `/`
    public boolean selects(String path) {
        if (isOwn(path)) {
            return false;
        }
        return includes.stream().anyMatch(glob -> glob.matches(path))
                || excludes.stream().noneMatch(glob -> glob.matches(path));
    }

    /// Whether nothing below this folder can be selected, so that a walk needn't enter it.
    public boolean skips(String folder) {
        if (isOwn(folder)) {
            return true;
        }
        return excludes.stream().anyMatch(glob -> glob.coversAllBelow(folder))
                && includes.stream().noneMatch(glob -> glob.mayMatchBelow(folder));
    }

    private static boolean isOwn(String path) {
        return path.equals(OWN_FOLDER) || path.startsWith(OWN_FOLDER + "/");
    }
}
