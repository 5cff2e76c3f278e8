package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.contract.archive.Roles;
import java.nio.file.Path;
import java.util.Optional;

/// An archive's content in our own folder, not yet in place.
///
/// @param tree holds the content
/// @param seen list of the entries, for {@link dev.jellykeep.agent.archive.SeenEntries}
/// @param mapping from the archive's paths to the data root's
/// @param synthesisedWizard the archive holds no `system.xml`, so a minimal one is to be written
public record Staging(Path tree, Path seen, Extracted extracted, PathMapping mapping, boolean synthesisedWizard) {

    /// Of an archive whose paths are the data root's own.
    public static final PathMapping UNCHANGED = Optional::of;

    /// Where the archive's paths belong.
    public interface PathMapping {
        /// Path relative to the data root; empty: it belongs nowhere here and is left out.
        Optional<String> apply(String archivePath);
    }

    /// For archives of ours: the same roles, or roles that differ because the app's image has another layout.
    static PathMapping between(Roles from, Roles to) {
        if (from.equals(to)) {
            return UNCHANGED;
        }
        return path -> {
            // the deeper folder decides where the two are nested
            boolean configDeeper = from.config().length() >= from.data().length();
            Optional<String> config = moved(path, from.config(), to.config());
            Optional<String> data = moved(path, from.data(), to.data());
            return configDeeper ? config.or(() -> data) : data.or(() -> config);
        };
    }

    /// Whether what lies below a folder of the archive belongs below the same folder here.
    boolean keepsFolders() {
        return mapping.equals(UNCHANGED);
    }

    private static Optional<String> moved(String path, String from, String to) {
        if (from.isEmpty()) {
            return Optional.of(to.isEmpty() ? path : to + "/" + path);
        }
        if (path.equals(from)) {
            return Optional.of(to);
        }
        if (!path.startsWith(from + "/")) {
            return Optional.empty();
        }
        String rest = path.substring(from.length() + 1);
        return Optional.of(to.isEmpty() ? rest : to + "/" + rest);
    }
}
