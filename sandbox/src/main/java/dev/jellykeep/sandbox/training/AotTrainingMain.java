package dev.jellykeep.sandbox.training;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes the AOT cache of the agent of a build. Arguments: the agent's jar, the folder of the SQLite library, the cache
/// to write, the file of JVM options to train with. Where Azurite can't run, it says so and leaves no cache: the agent
/// works without, but starts slower.
public final class AotTrainingMain {
    private AotTrainingMain() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path nativeFolder = Path.of(arguments[1]).toAbsolutePath();
        Path cache = Path.of(arguments[2]).toAbsolutePath();
        Path options = Path.of(arguments[3]).toAbsolutePath();
        Files.deleteIfExists(cache);
        Optional<Azurite> azurite = Azurite.startOrExplain();
        if (azurite.isEmpty()) {
            System.out.println("No AOT cache: " + Azurite.missing().orElse("Azurite did not start")
                    + " The agent works without, but starts slower.");
            return;
        }
        Path work = Files.createTempDirectory("jellykeep-training-");
        try (Azurite store = azurite.get()) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            AotTraining.train(new AotTraining.Program(List.of(java), jar, nativeFolder, options, cache), store, work);
        } finally {
            ChildProcess.closeAll();
            delete(work);
        }
        System.out.printf("AOT cache trained: %s, %d MB%n", cache.getFileName(), Files.size(cache) >> 20);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
