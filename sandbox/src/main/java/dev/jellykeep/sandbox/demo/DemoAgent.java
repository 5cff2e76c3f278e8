package dev.jellykeep.sandbox.demo;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs `./jellykeep` as a person or a container would, with the waits of a real server shortened for a demo.
final class DemoAgent {

    private static final Pattern HEAD = Pattern.compile("wouldRestore\\s+(\\S+)");
    private static final Pattern ARCHIVE = Pattern.compile("backup-\\d{14}\\.tar\\.gz");
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final Path launcher;
    private final Path logs;
    private final List<String> places;
    private final Map<String, String> environment = new HashMap<>();

    DemoAgent(Path launcher, Path logs, String connectionString, String container, JellyfinFolders folders) {
        this.launcher = launcher;
        this.logs = logs;
        this.places = List.of(
                "--container", container,
                "--data-dir", folders.dataDir().toString(),
                "--config-dir", folders.configDir().toString());
        environment.put("AZURE_STORAGE_CONNECTION_STRING", connectionString);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // A killed agent leaves its unpacked SQLite library behind: here it goes away with the demo's folder.
        environment.put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + logs.resolve("tmp"));
        environment.put("JELLYKEEP_INTERVAL", "5s");
        environment.put("JELLYKEEP_INITIAL_DELAY", "1s");
        environment.put("JELLYKEEP_POLL", "1s");
        environment.put("JELLYKEEP_HEARTBEAT", "1s");
        environment.put("JELLYKEEP_STALE_AFTER", "4s");
        environment.put("JELLYKEEP_HANDOFF_TIMEOUT", "10s");
        environment.put("JELLYKEEP_MANAGEMENT_PORT", "0");
    }

    /// Runs a command to its end.
    ///
    /// @throws DemoFailure if it does not succeed
    ChildProcess succeed(String... command) {
        ChildProcess process = run(command);
        int code = process.awaitExit(BOUND);
        if (code != 0) {
            throw new DemoFailure("jellykeep " + command[0] + " ended with exit code " + code + ".", process);
        }
        return process;
    }

    /// Runs a command that must not succeed.
    ///
    /// @throws DemoFailure if it does
    void refuse(String... command) {
        ChildProcess process = run(command);
        if (process.awaitExit(BOUND) == 0) {
            throw new DemoFailure("jellykeep " + command[0] + " succeeded where it must refuse.", process);
        }
    }

    /// Starts the sidecar beside a server.
    ChildProcess sidecar(String healthUrl) {
        environment.put("JELLYKEEP_APP_HEALTH_URL", healthUrl);
        return run("run");
    }

    /// How many archives there are.
    int archives() {
        Matcher names = ARCHIVE.matcher(succeed("list").output());
        Set<String> distinct = new HashSet<>();
        while (names.find()) {
            distinct.add(names.group());
        }
        return distinct.size();
    }

    /// Waits until there are more than `before`.
    ///
    /// @return how many there are then
    int awaitArchives(int before, ChildProcess sidecar) {
        await("make its next backup", () -> archives() > before, sidecar);
        return archives();
    }

    /// What would be restored now; empty where nothing would.
    String head() {
        ChildProcess status = run("status");
        int _ = status.awaitExit(BOUND);
        Matcher head = HEAD.matcher(status.output());
        return head.find() ? head.group(1) : "";
    }

    /// Waits until another archive than `before` would be restored: a fork, which an agent that stands by makes too,
    /// doesn't do.
    void awaitOtherHead(String before, ChildProcess sidecar) {
        await("take over", () -> !head().equals(before), sidecar);
    }

    private static void await(String what, BooleanSupplier done, ChildProcess sidecar) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (!done.getAsBoolean()) {
            if (!sidecar.alive()) {
                throw new DemoFailure("The agent ended and did not " + what + ".", sidecar);
            }
            if (System.nanoTime() > deadline) {
                throw new DemoFailure("The agent did not " + what + " within " + BOUND.toSeconds() + " s.", sidecar);
            }
        }
    }

    private ChildProcess run(String... command) {
        List<String> line = new ArrayList<>();
        line.add(launcher.toString());
        line.addAll(Arrays.asList(command));
        line.addAll(places);
        return ChildProcess.start(logs, "jellykeep-" + command[0], line, environment);
    }
}
