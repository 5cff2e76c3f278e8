package dev.jellykeep.sandbox.replicas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.containerapps.replica.LogSource.Query;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaStatus;
import dev.jellykeep.sandbox.replicas.image.UsualImages;
import dev.jellykeep.sandbox.replicas.network.BridgedNetwork;
import dev.jellykeep.sandbox.replicas.network.ReplicaNetwork;
import dev.jellykeep.sandbox.replicas.volume.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A host of real replicas, and what is seen of them.
final class Hall implements AutoCloseable {
    static final Duration BOUND = Duration.ofSeconds(30);

    final WorkFolder work;
    final ReplicaNetwork network;
    final RunningReplicas replicas;

    private Hall(Mappings mappings, UnaryOperator<HostOptions> how) {
        work = mappings.createFolder();
        network = mappings.openNetwork();
        var options = HostOptions.of(work.path(), InstantSource.system(), UsualImages.of(repository()));
        replicas = RunningReplicas.start(how.apply(options).with(mappings), network);
    }

    static Hall open() {
        return open(options -> options);
    }

    static Hall open(UnaryOperator<HostOptions> how) {
        return open(Mappings.NONE, how);
    }

    static Hall open(Mappings mappings) {
        return open(mappings, options -> options);
    }

    /// Skips the test where the machine can't do it, but for CI, where nothing may be skipped.
    private static Hall open(Mappings mappings, UnaryOperator<HostOptions> how) {
        if (!"true".equals(System.getenv("CI"))) {
            var missing = Isolation.missing(mappings);
            assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        }
        return new Hall(mappings, how);
    }

    /// The name of the bridge's interface.
    String bridge() {
        return ((BridgedNetwork) network).bridge();
    }

    ReplicaStatus status(String replica) {
        return replicas.observe(replica, Instant.EPOCH);
    }

    ContainerStatus container(String replica, String name) {
        return status(replica)
                .all()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container " + name + " in " + status(replica)));
    }

    void awaitReady(String replica) {
        await(() -> status(replica).ready(), () -> replica + " didn't get ready: " + all(replica));
    }

    void awaitGone(String replica) {
        await(() -> status(replica).gone(), () -> replica + " isn't gone: " + all(replica));
    }

    /// Waits until a container has printed a line, and returns what it has printed by then.
    List<String> awaitLine(String replica, String container, String line) {
        await(
                () -> console(replica, container).contains(line),
                () -> container + " didn't print '" + line + "': " + all(replica));
        return console(replica, container);
    }

    List<String> console(String replica, String container) {
        return replicas.logs().orElseThrow().read(new Query.Console(replica, container), 0).all().stream()
                .map(line -> Json.text(Json.object(line), "Log"))
                .toList();
    }

    /// Reasons of its events in order.
    List<String> reasons(String replica) {
        return replicas.logs().orElseThrow().read(new Query.System("", "", replica), 0).all().stream()
                .map(line -> Json.text(Json.object(line), "Reason"))
                .toList();
    }

    List<String> messages(String replica) {
        return replicas.logs().orElseThrow().read(new Query.System("", "", replica), 0).all().stream()
                .map(line -> Json.text(Json.object(line), "Msg"))
                .toList();
    }

    static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        var end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    static Path repository() {
        var here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("tools")) ? here : Objects.requireNonNull(here.getParent());
    }

    private String all(String replica) {
        var text = new StringBuilder(status(replica) + "\n" + messages(replica));
        status(replica)
                .all()
                .forEach(
                        one -> text.append('\n').append(one.name()).append(": ").append(console(replica, one.name())));
        return text.toString();
    }

    @Override
    public void close() {
        replicas.close();
        network.close();
        work.close();
    }
}
