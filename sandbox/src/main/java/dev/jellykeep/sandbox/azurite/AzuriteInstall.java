package dev.jellykeep.sandbox.azurite;

import dev.jellykeep.sandbox.recipe.Recipe;
import dev.jellykeep.sandbox.recipe.Repository;
import java.nio.file.Path;
import java.time.Duration;

/// What `tools/azurite/install` answered: found once per JVM.
sealed interface AzuriteInstall {
    record Ready(Path main, Path preload) implements AzuriteInstall {}

    /// It is missing, for a reason in one sentence.
    record Missing(String why) implements AzuriteInstall {}

    static AzuriteInstall find() {
        return Once.FOUND;
    }

    final class Once {
        private static final Duration PATIENCE = Duration.ofMinutes(5);
        private static final AzuriteInstall FOUND = run();

        private Once() {}

        private static AzuriteInstall run() {
            return switch (Recipe.run("Azurite", "tools/azurite/install", PATIENCE, _ -> {})) {
                case Recipe.Ready(var folder) ->
                    new Ready(
                            folder.resolve(Path.of("node_modules", "azurite", "dist", "src", "blob", "main.js")),
                            Repository.root().orElseThrow().resolve("tools/azurite/leave-with-parent.cjs"));
                case Recipe.Missing(var why) -> new Missing(why);
            };
        }
    }
}
