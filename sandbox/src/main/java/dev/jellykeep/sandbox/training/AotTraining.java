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

/// Makes an AOT cache of the agent by a real backup and a real restore against Azurite.
public final class AotTraining {
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

    private AotTraining() {}

    /// The agent that is trained. All paths are as it sees them.
    ///
    /// @param java what starts a Java machine
    /// @param library the folder of SQLite's library
    /// @param options the file of JVM options
    /// @param cache is written
    public record Program(List<String> java, Path jar, Path library, Path options, Path cache) {
        public Program {
            java = List.copyOf(java);
        }
    }

    /// @param work an empty folder, which the program sees at the same path
    /// @throws IllegalStateException with what the agent said, if it fails
    public static void train(Program program, Azurite store, Path work) throws IOException {
        JellyfinFolders folders = JellyfinFolders.official(work.resolve("config"));
        RunningStandIn server = StandIn.in(folders)
                .writesPerSecond(50)
                .users(2)
                .libraryMegabytes(LIBRARY_MB)
                .start(work.resolve("server"));
        long _ = server.stop(BOUND);
        Path restored = Files.createDirectories(work.resolve("restored"));
        List<String> command = new ArrayList<>(program.java());
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + program.cache(),
                "@" + program.options(),
                "-Dorg.sqlite.lib.path=" + program.library(),
                "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
                "-cp",
                program.jar().toString()));
        command.addAll(AIMS);
        command.add("dev.jellykeep.agent.cli.TrainingRun");
        command.addAll(commands(store.newContainer(), folders, restored));
        ChildProcess training = ChildProcess.start(
                work.resolve("logs"),
                "training",
                command,
                Map.of("AZURE_STORAGE_CONNECTION_STRING", store.connectionString(), "LC_ALL", "C.UTF-8"));
        int code = training.awaitExit(BOUND);
        if (code != 0) {
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
}
