package dev.jellykeep.agent.wild;

import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.agent.archive.Extraction;
import dev.jellykeep.agent.archive.Limits;
import dev.jellykeep.agent.archive.PassingDatabases;
import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One data root, its archive in a folder, and what a restore makes of it elsewhere.
final class OwnArchive {
    private static final String WITHOUT = "-dac_override,-dac_read_search,-fowner";
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final Path work;
    private final Path store;
    private final Program program;

    /// Runs one of the agent's commands on a store and a data root.
    interface Program {
        Cli.Answer run(Path store, Path root, String command);
    }

    /// In this process.
    static final Program HERE =
            (store, root, command) -> settings(Cli.at(store, root)).run(command);

    /// In a process of its own, without the rights of root to pass over a file's mode.
    static final Program UNPRIVILEGED = (store, root, command) -> {
        List<String> line = new ArrayList<>(List.of(
                "setpriv",
                "--bounding-set",
                WITHOUT,
                "--inh-caps",
                WITHOUT,
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                command));
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("JELLYKEEP_FOLDER", store.toString());
        environment.put("JELLYFIN_DATA_DIR", root.toString());
        environment.put("LC_ALL", "C.UTF-8");
        try (ChildProcess child = ChildProcess.start(store.resolveSibling("logs"), command, line, environment)) {
            int code = child.awaitExit(BOUND);
            return new Cli.Answer(code == 0 ? ExitCode.OK : ExitCode.IO, "", child.output());
        }
    };

    /// @param work empty private folder
    OwnArchive(Path work, Program program) throws IOException {
        this.work = work;
        this.store = Files.createDirectories(work.resolve("store"));
        this.program = program;
        Files.createDirectories(root());
    }

    static Cli settings(Cli cli) {
        return environment().entrySet().stream().reduce(cli, (c, e) -> c.with(e.getKey(), e.getValue()), (a, _) -> a);
    }

    /// Any data will do, and nobody waits for an app.
    static Map<String, String> environment() {
        return Map.of("JELLYKEEP_ANY_DATA", "true", "JELLYKEEP_APP_HEALTH_URL", "none");
    }

    Path root() {
        return work.resolve("root");
    }

    Path scratch() throws IOException {
        return Files.createDirectories(work.resolve("scratch"));
    }

    Path restored() {
        return work.resolve("restored");
    }

    void save() {
        program.run(store, root(), "backup").expect(ExitCode.OK);
    }

    void restore() throws IOException {
        Files.createDirectories(restored());
        program.run(store, restored(), "restore").expect(ExitCode.OK);
    }

    /// What a drill makes of it.
    Extracted triedOut() throws IOException {
        Path archive;
        try (Stream<Path> files = Files.list(store)) {
            archive = files.filter(each -> each.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        try (InputStream in = Files.newInputStream(archive)) {
            return Extraction.tryOut(
                    in, forgetting(), scratch().resolve("seen"), Limits.of(1 << 20, 1L << 40), _ -> {});
        }
    }

    private PassingDatabases forgetting() {
        return new PassingDatabases() {
            @Override
            public Path room(String path, long size) throws IOException {
                return scratch().resolve("passing.db");
            }

            @Override
            public void arrived(String path, Path file) throws IOException {
                Files.delete(file);
            }
        };
    }

    /// Saves, restores and compares.
    ///
    /// @return one sentence for each fault
    List<String> faults() throws IOException {
        save();
        restore();
        return GivenBack.faults(root(), restored(), scratch(), triedOut().skipped());
    }
}
