package dev.jellykeep.sandbox.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where Jellykeep's repository is.
public final class Repository {
    private static final String PROPERTY = "jellykeep.root";
    private static final String LANDMARK = "tools/find-jdk";

    private Repository() {}

    /// The folder that the system property `jellykeep.root` names, the working folder, or the nearest above it that is
    /// the repository's root.
    public static Optional<Path> root() {
        var folder = Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(LANDMARK))) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder);
    }
}
