package dev.jellykeep.images;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.training.AotTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The AOT cache of an image's agent. It is bound to the very files that it was trained with, and to where they are.
final class AgentCache {
    private AgentCache() {}

    /// Trains in a container of the image, which has no cache yet.
    ///
    /// @param work an empty folder
    /// @return the file
    static Path train(Image image, Path work) throws IOException {
        Path root = work.resolve("root");
        RootFolder.write(image.layers(), root);
        Path volume = Files.createDirectories(work.resolve("volume"));
        Azurite azurite = Azurite.startOrExplain()
                .orElseThrow(() -> new BuildFailure("can't train the AOT cache of " + image.name() + ": "
                        + Azurite.missing().orElse("Azurite did not start.")));
        Path cache = volume.resolve("jellykeep.aot");
        try (azurite) {
            Map<String, String> environment =
                    Map.of("LC_ALL", "C.UTF-8", "AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
            List<String> java =
                    new Container(root, image.user(), environment, List.of(volume)).command(List.of(AgentImage.JAVA));
            AotTraining.train(
                    new AotTraining.Program(
                            java,
                            Path.of(AgentImage.JAR),
                            Path.of(AgentImage.LIBRARY),
                            Path.of(AgentImage.OPTIONS),
                            cache),
                    azurite,
                    Files.createDirectory(volume.resolve("work")));
        } finally {
            ChildProcess.closeAll();
        }
        return cache;
    }
}
