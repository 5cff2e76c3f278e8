package dev.jellykeep.sandbox.azurite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What `tools/azurite/install` answered: found once per JVM.
sealed interface AzuriteInstall {
    record Ready(Path main, Path preload) implements AzuriteInstall {}

    /// It is missing, for a reason in one sentence.
    record Missing(String why) implements AzuriteInstall {}

    static AzuriteInstall find() {
        return Once.FOUND;
    }

    final class Once {
        private static final AzuriteInstall FOUND = run();
        private static final long PATIENCE_SECONDS = 300;

        private Once() {}

        private static AzuriteInstall run() {
            var root = repository();
            if (root == null) {
                return new Missing("Azurite's recipe is not here: run this inside Jellykeep's repository, or set the"
                        + " system property jellykeep.root to it.");
            }
            var recipe = root.resolve("tools/azurite");
            try {
                return run(recipe);
            } catch (IOException e) {
                return new Missing("Azurite can't be installed: " + recipe.resolve("install") + " can't be run ("
                        + e.getMessage() + ").");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Missing("Azurite's installation was interrupted: run it again.");
            }
        }

        private static AzuriteInstall run(Path recipe) throws IOException, InterruptedException {
            var errors = Files.createTempFile("azurite-install", ".log");
            try {
                var process = new ProcessBuilder("sh", recipe.resolve("install").toString())
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                var folder = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Missing("Azurite's installation took more than " + PATIENCE_SECONDS + " s.");
                }
                if (process.exitValue() != 0) {
                    return new Missing(Files.readString(errors).strip());
                }
                return new Ready(
                        Path.of(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js"),
                        recipe.resolve("leave-with-parent.cjs"));
            } finally {
                Files.deleteIfExists(errors);
            }
        }

        private static @org.jspecify.annotations.Nullable Path repository() {
            var said = System.getProperty("jellykeep.root");
            var folder = Path.of(said == null ? "" : said).toAbsolutePath();
            while (folder != null && !Files.exists(folder.resolve("tools/azurite/install"))) {
                folder = folder.getParent();
            }
            return folder;
        }
    }
}
