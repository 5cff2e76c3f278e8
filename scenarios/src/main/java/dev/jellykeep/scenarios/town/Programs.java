package dev.jellykeep.scenarios.town;

import dev.jellykeep.sandbox.recipe.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs that scenarios start.
public final class Programs {
    private static final List<String> BUILT = List.of("agent/target/jellykeep.jar", "operator/target/run.classpath");

    private Programs() {}

    /// The repository's root.
    ///
    /// @throws IllegalStateException outside it
    public static Path repository() {
        return Repository.root()
                .orElseThrow(() -> new IllegalStateException("This is not Jellykeep's repository: start it there."));
    }

    /// Which program isn't built yet, in one sentence; empty where all are.
    public static Optional<String> missing(Path repository) {
        return BUILT.stream()
                .filter(file -> !Files.exists(repository.resolve(file)))
                .findFirst()
                .map(file -> "There is no " + repository.resolve(file) + ": run " + repository.resolve("mvnw")
                        + " -DskipTests package.");
    }
}
