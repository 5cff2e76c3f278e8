package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus.RunningState;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.replicas.container.ContainerProcess;
import dev.jellykeep.sandbox.replicas.image.Image;
import dev.jellykeep.sandbox.replicas.log.ReplicaLogs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A container's life: runs, and waits between them.
final class ContainerLife {
    private final Place place;
    private final ObjectNode container;
    private final boolean init;
    private final String name;
    private final Board board;
    private final Stop stop;
    private final AtomicReference<@Nullable ContainerProcess> current = new AtomicReference<>();
    private BackOff backOff = BackOff.NONE;
    private int restarts;

    ContainerLife(Place place, ObjectNode container, boolean init, Board board, Stop stop) {
        this.place = place;
        this.container = container;
        this.init = init;
        this.name = Json.text(container, "name");
        this.board = board;
        this.stop = stop;
    }

    String name() {
        return name;
    }

    /// Runs it until the replica is told to stop; an init container until it succeeds.
    ///
    /// @return whether an init container has succeeded
    boolean live() {
        while (!stop.asked()) {
            var image = pull();
            if (image.isEmpty()) {
                return false;
            }
            var began = System.nanoTime();
            var code = run(image.get());
            if (init && code == 0) {
                board.set(new ContainerStatus(
                        name, true, false, restarts, RunningState.TERMINATED, "Completed with exit code '0'."));
                return true;
            }
            var why = "Container '%s' was terminated with exit code '%d' and reason '%s'."
                    .formatted(name, code, code == 0 ? "Completed" : "Error");
            if (stop.asked()) {
                board.set(new ContainerStatus(name, false, false, restarts, RunningState.TERMINATED, why));
                return false;
            }
            logs().warning(order(), "ContainerTerminated", why);
            restarts++;
            backOff = backOff.after(Duration.ofNanos(System.nanoTime() - began));
            board.set(new ContainerStatus(name, false, false, restarts, RunningState.WAITING, why));
            logs().warning(order(), "ContainerBackOff", "Persistent Failure to start container");
            stop.await(backOff.wait(order().timings()));
        }
        return false;
    }

    /// SIGTERM to all its processes, if it runs.
    void terminate() {
        var process = current.get();
        if (process != null && process.alive()) {
            logs().normal(order(), "StoppingContainer", "Stopping container " + name);
            process.terminate();
        }
    }

    /// SIGKILL to all its processes, if it runs.
    ///
    /// @return whether it ran
    boolean kill() {
        var process = current.get();
        if (process == null || !process.alive()) {
            return false;
        }
        process.kill();
        return true;
    }

    // Waits until there is such an image; empty once the replica is told to stop.
    private Optional<Image> pull() {
        var reference = Json.text(container, "image");
        logs().normal(order(), "PullingImage", "Pulling image \"" + reference + "\"");
        for (var tries = BackOff.NONE.after(Duration.ZERO); !stop.asked(); tries = tries.after(Duration.ZERO)) {
            var image = place.host().options().images().find(reference);
            if (image.isPresent()) {
                logs().normal(order(), "ImagePulled", "Successfully pulled image \"" + reference + "\"");
                return image;
            }
            var why = "Failed to pull image \"" + reference + "\": no image of the sandbox has this name";
            logs().warning(order(), "ImagePullFailure", why);
            board.set(new ContainerStatus(
                    name, false, false, restarts, RunningState.WAITING, "ImagePullBackOff: " + why + "."));
            stop.await(tries.wait(order().timings()));
        }
        return Optional.empty();
    }

    private int run(Image image) {
        ContainerProcess process;
        try {
            process = place.start(container, init, image, line -> logs().console(order().name(), name, line));
        } catch (RuntimeException e) {
            logs().warning(order(), "ContainerCreateFailure", "Container '" + name + "' can't be created: " + e);
            return 128;
        }
        current.set(process);
        logs().normal(order(), "ContainerCreated", "Created container '" + name + "'");
        board.set(new ContainerStatus(name, false, init, restarts, RunningState.RUNNING, ""));
        logs().normal(order(), "ContainerStarted", "Started container '" + name + "'");
        if (init) {
            return end(process);
        }
        try (var _ = Watch.start(place, container, process, board)) {
            return end(process);
        }
    }

    // One that was started while the replica was told to stop hasn't heard of it.
    private int end(ContainerProcess process) {
        if (stop.asked()) {
            terminate();
        }
        return process.awaitExit();
    }

    private ReplicaOrder order() {
        return place.order();
    }

    private ReplicaLogs logs() {
        return place.host().logs();
    }
}
