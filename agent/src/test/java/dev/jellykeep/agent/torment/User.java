package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandInMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Programs of one user, without any right of another. Only root can start them.
///
/// @param programs copy of the classes that every user may read
record User(int id, Path programs, Path logs) {
    private static final Duration BOUND = Duration.ofMinutes(2);

    /// Why there can be none here, in one sentence.
    static Optional<String> missing(Path work) {
        List<String> java =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
        try (ChildProcess trial = ChildProcess.start(work, "trial", as(1000, java), Map.of())) {
            return trial.awaitExit(BOUND) == 0
                    ? Optional.empty()
                    : Optional.of("Users of other numbers need root, and a JDK that they may read: " + trial.tail(1));
        } catch (java.io.UncheckedIOException e) {
            return Optional.of("Users of other numbers need the program setpriv: install util-linux.");
        }
    }

    /// The class path, where users who may not look into this one's home can read it.
    static Path readable(Path folder) throws IOException {
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            Path to = folder.resolve("%03d-%s".formatted(number++, from.getFileName()));
            if (Files.isDirectory(from)) {
                dev.jellykeep.agent.fixture.ServerData.copyTree(from, to);
            } else if (Files.exists(from)) {
                Files.copy(from, to);
            }
        }
        return folder;
    }

    /// Runs the agent to its end.
    ChildProcess agent(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(java());
        command.add(Main.class.getName());
        command.addAll(Arrays.asList(arguments));
        ChildProcess agent = ChildProcess.start(logs, "agent", as(id, command), environment);
        int _ = agent.awaitExit(BOUND);
        return agent;
    }

    /// Starts a server, and waits for nothing.
    ChildProcess server(JellyfinFolders folders, String... more) {
        List<String> command = new ArrayList<>(java());
        command.add(StandInMain.class.getName());
        command.addAll(List.of(
                "--data-dir",
                folders.dataDir().toString(),
                "--config-dir",
                folders.configDir().toString()));
        command.addAll(List.of(
                "--log-dir",
                folders.logDir().toString(),
                "--cache-dir",
                folders.cacheDir().toString()));
        command.addAll(List.of("--port", "0"));
        command.addAll(Arrays.asList(more));
        return ChildProcess.start(logs, "server", as(id, command), Map.of());
    }

    /// What this user may not do below a folder, a line each: write a file, make one in a folder. Our own folder is
    /// left out.
    List<String> mayNot(Path root) {
        String script = """
                cd "$1" || { echo "enter $1"; exit; }
                find . -path ./.jellykeep -prune -o -type f ! -writable -printf 'write %p %u:%g %m\\n' -o -type d -print |
                while IFS= read -r line; do
                  case $line in
                    write*) echo "$line" ;;
                    *) ( : > "$line/new" ) 2>/dev/null && rm "$line/new" || stat -c 'make a file in %n %u:%g %a' "$line" ;;
                  esac
                done""";
        try (ChildProcess look = ChildProcess.start(
                logs, "look", as(id, List.of("sh", "-c", script, "sh", root.toString())), Map.of())) {
            int _ = look.awaitExit(BOUND);
            return look.output().lines().filter(line -> !line.isEmpty()).toList();
        }
    }

    private List<String> java() {
        Path temporary = logs.resolve("tmp-" + id);
        try {
            Files.createDirectories(temporary);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPath());
    }

    private String classPath() {
        try (var entries = Files.list(programs)) {
            return String.join(
                    File.pathSeparator, entries.sorted().map(Path::toString).toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> as(int id, List<String> command) {
        List<String> line = new ArrayList<>(
                List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--pdeathsig", "KILL", "--"));
        line.addAll(command);
        return line;
    }
}
