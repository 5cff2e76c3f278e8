package dev.jellykeep.sandbox.training;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the agent's AOT cache by a real backup and a real restore against Azurite. Arguments: the agent's
/// jar, the folder of the SQLite library, the cache to write, the file of JVM options to train with. Where
/// Azurite can't run, it says so and leaves no cache: the agent works without, but starts slower.
public final class AotTrainingMain {
    private static final Duration BOUND = Duration.ofMinutes(3);

    /// An archive of more than one part.
    private static final int LIBRARY_MB = 4;

    /// What the cache has seen compiled by C1 goes to C1 at each start, without a detour. It is not to see SHA-256,
    /// which is the one thing that has to reach C2.
    private static final List<String> AIMS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=exclude,sun.security.provider.SHA2::*",
            "-XX:CompileCommand=exclude,sun.security.provider.DigestBase::*");

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
            train(store, work, jar, nativeFolder, cache, options);
        } finally {
            ChildProcess.closeAll();
            delete(work);
        }
        System.out.printf("AOT cache trained: %s, %d MB%n", cache.getFileName(), Files.size(cache) >> 20);
    }

    private static void train(Azurite store, Path work, Path jar, Path nativeFolder, Path cache, Path options)
            throws IOException {
        JellyfinFolders folders = JellyfinFolders.official(work.resolve("config"));
        RunningStandIn server = StandIn.in(folders)
                .writesPerSecond(50)
                .users(2)
                .libraryMegabytes(LIBRARY_MB)
                .start(work.resolve("server"));
        long _ = server.stop(BOUND);
        Path restored = Files.createDirectories(work.resolve("restored"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:AOTCacheOutput=" + cache,
                "@" + options,
                "-Dorg.sqlite.lib.path=" + nativeFolder,
                "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
                "-cp",
                jar.toString()));
        command.addAll(AIMS);
        command.add("dev.jellykeep.agent.cli.TrainingRun");
        String container = store.newContainer();
        commands(container, folders, restored).forEach(command::add);
        ChildProcess training = ChildProcess.start(
                work.resolve("logs"),
                "training",
                command,
                Map.of("AZURE_STORAGE_CONNECTION_STRING", store.connectionString(), "LC_ALL", "C.UTF-8"));
        int code = training.awaitExit(BOUND);
        if (code != 0 || !Files.exists(cache)) {
            throw new IllegalStateException("training ended with exit code " + code + ":\n" + training.tail(30));
        }
    }

    private static List<String> commands(String container, JellyfinFolders folders, Path restored) {
        List<String> arguments = new ArrayList<>();
        List<String> source = List.of("--data-dir", folders.dataDir().toString());
        List<String> target = List.of("--data-dir", restored.toString());
        add(arguments, "backup", container, source);
        add(arguments, "backup", container, source);
        add(arguments, "list", container, List.of());
        add(arguments, "restore", container, target);
        add(arguments, "list", container, List.of());
        return arguments;
    }

    private static void add(List<String> arguments, String command, String container, List<String> more) {
        if (!arguments.isEmpty()) {
            arguments.add("--then");
        }
        arguments.addAll(List.of(command, "--container", container, "--app-health-url", "none"));
        arguments.addAll(more);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
