package dev.jellykeep.scenarios.demo;

import dev.jellykeep.sandbox.demo.Trees;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.cluster.Kubernetes;
import dev.jellykeep.scenarios.town.Programs;
import dev.jellykeep.scenarios.town.Town;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a demo has started. It is taken down at every end, also at Ctrl-C: nothing runs on, no file stays.
final class Stage implements AutoCloseable {
    private final Path folder;
    private final Thread atExit = new Thread(this::takeDown, "take-down");
    private final List<Town> towns = new ArrayList<>();
    private @Nullable Cluster cluster;
    private @Nullable Path logs;

    Stage() throws IOException {
        folder = Files.createTempDirectory("jellykeep-demo-");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// For all that the demo writes.
    Path folder() {
        return folder;
    }

    /// Starts Azure, as often as it is asked to.
    String openTown(TownOptions options) {
        towns.add(Town.open(options));
        return "Container Apps emulator, Azurite over HTTPS, identity endpoint and ingress are up";
    }

    /// Starts Kubernetes and the operator.
    String startCluster(Function<TownOptions, Kubernetes> start) {
        var started = new Cluster(town(), start.apply(town().options()));
        cluster = started;
        started.startOperator();
        return started.kubernetes().description();
    }

    Town town() {
        return towns.getFirst();
    }

    List<Town> towns() {
        return towns;
    }

    Cluster cluster() {
        return Objects.requireNonNull(cluster, "there is no cluster yet");
    }

    /// What to try with the policy; nothing where there is no cluster.
    List<String> kubernetesCommands() {
        return cluster == null ? List.of() : cluster().commandsToTry();
    }

    /// Has all logs outlive the demo, for whoever asks why it failed: below `target/`, or where that can't be written
    /// among the machine's temporary files.
    ///
    /// @return where they will be
    Path keepLogs() throws IOException {
        var target = Programs.repository().resolve("scenarios/target");
        var kept = Files.isWritable(target)
                ? Files.createTempDirectory(target, "demo-logs-")
                : Files.createTempDirectory("jellykeep-demo-logs-");
        logs = kept;
        return kept;
    }

    @Override
    public void close() {
        takeDown();
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The machine is ending already, and the hook has nothing left to do.
        }
    }

    private synchronized void takeDown() {
        var runs = cluster;
        cluster = null;
        if (runs != null) {
            runs.close();
        }
        towns.forEach(Town::close);
        ChildProcess.closeAll();
        try {
            copyLogs();
            towns.clear();
            Trees.delete(folder);
        } catch (IOException e) {
            System.err.println("The demo's folder " + folder + " could not be removed: " + e.getMessage());
        }
    }

    private void copyLogs() throws IOException {
        var kept = logs;
        logs = null;
        for (var i = 0; kept != null && i < towns.size(); i++) {
            Trees.copy(towns.get(i).options().folder().resolve("logs"), kept.resolve("town-" + i));
        }
    }
}
