package dev.jellykeep.agent.restore;

import dev.jellykeep.contract.archive.Roles;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds out how an archive without manifest is laid out, by where its main database lies: rooted at the database
/// folder (`jellyfin.db`), at Jellyfin's data folder (`data/jellyfin.db`), or higher.
final class OlderLayout {
    private static final String MAIN = "jellyfin.db";

    private OlderLayout() {}

    /// @param paths of all files in the archive
    /// @return empty if there is no main database in it
    static Optional<Staging.PathMapping> recognise(List<String> paths, Roles to) {
        Optional<String> main = paths.stream()
                .filter(path -> path.equals(MAIN) || path.endsWith("/" + MAIN))
                .min(Comparator.comparingInt(OlderLayout::depth).thenComparing(Comparator.naturalOrder()));
        if (main.isEmpty()) {
            return Optional.empty();
        }
        String databaseFolder = parent(main.get());
        String databaseTarget = join(to.data(), "data");
        Optional<String> config = paths.stream()
                .filter(path -> path.equals("system.xml") || path.endsWith("/system.xml"))
                .map(OlderLayout::parent)
                .min(Comparator.comparingInt(OlderLayout::depth));
        boolean dataFolderKnown = databaseFolder.equals("data") || databaseFolder.endsWith("/data");
        String from = dataFolderKnown ? parent(databaseFolder) : databaseFolder;
        String target = dataFolderKnown ? to.data() : databaseTarget;
        return Optional.of(path -> config.filter(folder -> !folder.isEmpty())
                .flatMap(folder -> below(path, folder, to.config()))
                .or(() -> path.equals("system.xml") ? Optional.of(to.systemXml()) : below(path, from, target)));
    }

    private static Optional<String> below(String path, String from, String to) {
        if (from.isEmpty()) {
            return Optional.of(join(to, path));
        }
        if (path.equals(from)) {
            return Optional.of(to);
        }
        return path.startsWith(from + "/")
                ? Optional.of(join(to, path.substring(from.length() + 1)))
                : Optional.empty();
    }

    private static String join(String folder, String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static int depth(String path) {
        return path.isEmpty() ? 0 : path.split("/", -1).length;
    }
}
