package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The app whose data are kept.
///
/// @param dataDir absolute, normalised
/// @param configDir absolute, normalised; null exactly if `dataDir` is
/// @param lineage expected lineage; null only by hand
/// @param app null where unknown
/// @param version of Jellyfin in the app's image; null where unknown
/// @param migration newest migration that the app's image knows, as in `__EFMigrationsHistory`; null where unknown
public record AppSettings(
        @Nullable Path dataDir,
        @Nullable Path configDir,
        @Nullable LineageId lineage,
        @Nullable AppResourceId app,
        AppHealth health,
        @Nullable String version,
        @Nullable String migration) {

    public AppSettings {
        if ((dataDir == null) != (configDir == null)) {
            throw new IllegalArgumentException("data and configuration folder are given together or not at all");
        }
    }

    /// The nearest common parent of data and configuration folder; empty if they aren't known.
    public Optional<Path> dataRoot() {
        return dataDir == null || configDir == null ? Optional.empty() : Optional.of(commonParent(dataDir, configDir));
    }

    /// The data folder relative to the data root, with `/`; `""` if they are the same or not known.
    public String dataFolder() {
        return dataDir == null
                ? ""
                : dataRoot().orElseThrow().relativize(dataDir).toString().replace('\\', '/');
    }

    /// What a command that works on the data root lacks; empty if nothing.
    public List<Problem> missing() {
        return dataDir == null
                ? List.of(Problem.missing(Setting.DATA_DIR, "write the absolute path of Jellyfin's data folder"))
                : List.of();
    }

    static Path commonParent(Path one, Path other) {
        for (Path parent = one; parent != null; parent = parent.getParent()) {
            if (other.startsWith(parent)) {
                return parent;
            }
        }
        throw new IllegalArgumentException("not both absolute: %s, %s".formatted(one, other));
    }
}
