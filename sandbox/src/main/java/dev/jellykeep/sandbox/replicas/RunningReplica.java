package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaStatus;
import dev.jellykeep.sandbox.containerapps.rules.ResourceRules;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import dev.jellykeep.sandbox.replicas.network.ReplicaNetwork.Attachment;
import dev.jellykeep.sandbox.replicas.volume.ReplicaDisk;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One replica, from its start to its end, by threads of its own.
final class RunningReplica {
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final long GIBIBYTE = 1L << 30;

    private final Host host;
    private final ReplicaOrder order;
    private final Board board;
    private final Stop stop = new Stop();
    private final List<ContainerLife> lives = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile @Nullable Attachment network;

    RunningReplica(Host host, ReplicaOrder order) {
        this.host = host;
        this.order = order;
        this.board = new Board(order.template());
    }

    /// Begins its life. Returns at once.
    void begin() {
        Thread.ofVirtual().name(order.name()).start(this::live);
    }

    ReplicaStatus read() {
        return board.read();
    }

    Optional<InetSocketAddress> at(int port) {
        return Optional.ofNullable(network).map(attachment -> attachment.at(port));
    }

    /// Has it end. Returns at once; again, it shortens the grace at most.
    void stop(Duration grace) {
        if (stop.ask(grace)) {
            Thread.ofVirtual().name("end of " + order.name()).start(this::end);
        }
    }

    /// SIGKILL to all processes of a container.
    ///
    /// @return whether it ran
    boolean crash(String container) {
        return lives.stream()
                .filter(life -> life.name().equals(container))
                .map(ContainerLife::kill)
                .reduce(false, Boolean::logicalOr);
    }

    /// Waits until nothing of it is left.
    boolean awaitGone(Duration bound) throws InterruptedException {
        return gone.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void live() {
        try {
            if (!stop.await(order.timings().of(Span.SCHEDULE))) {
                run();
            }
        } catch (RuntimeException e) {
            host.logs().warning(order, "ReplicaFailure", "Replica '" + order.name() + "' can't run here: " + e);
            awaitStop();
        } finally {
            ended.countDown();
            board.end();
            gone.countDown();
        }
    }

    private void run() {
        host.logs()
                .normal(
                        order,
                        "AssigningReplica",
                        "Replica '" + order.name() + "' has been scheduled to run on a node.");
        var disk = ReplicaDisk.create(host.options().work(), order);
        try (var attachment = host.network().attach(order.name())) {
            network = attachment;
            Thread.ofVirtual().name("disk of " + order.name()).start(() -> measure(disk));
            runContainers(new Place(host, order, attachment, disk));
        } finally {
            ended.countDown();
            network = null;
            host.options().surroundings().gone(order.name());
            disk.remove();
        }
    }

    private void runContainers(Place place) {
        for (var container : Json.objects(order.template().path("initContainers"))) {
            if (!life(place, container, true).live()) {
                awaitStop();
                return;
            }
        }
        var threads = new ArrayList<Thread>();
        for (var container : Json.objects(order.template().path("containers"))) {
            var life = life(place, container, false);
            threads.add(Thread.ofVirtual().name(life.name()).start(life::live));
        }
        for (var thread : threads) {
            join(thread);
        }
    }

    private ContainerLife life(Place place, ObjectNode container, boolean init) {
        var life = new ContainerLife(place, container, init, board, stop);
        lives.add(life);
        return life;
    }

    private void end() {
        if (!stop.overdue()) {
            lives.forEach(ContainerLife::terminate);
        }
        try {
            while (!ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (stop.overdue()) {
                    lives.forEach(ContainerLife::kill);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    // More on its disk than it may have: the service ends it without a word to its processes.
    private void measure(ReplicaDisk disk) {
        var quota = quota();
        while (!stop.await(MEASURE_EVERY)) {
            var bytes = disk.bytes();
            if (bytes.isPresent() && bytes.get() > quota) {
                var limit = quota % GIBIBYTE == 0 ? quota / GIBIBYTE + "Gi" : Long.toString(quota);
                host.logs()
                        .warning(
                                order,
                                "Evicted",
                                "Pod ephemeral local storage usage exceeds the total limit of containers " + limit
                                        + ".");
                stop(Duration.ZERO);
            }
        }
    }

    private long quota() {
        return host.options().quota().orElseGet(() -> {
            var text = ResourceRules.total(Json.objects(order.template().path("containers")))
                    .ephemeralStorage();
            return Long.parseLong(text.replace("Gi", "")) * GIBIBYTE;
        });
    }

    private void awaitStop() {
        while (!stop.await(Duration.ofHours(1))) {
            // Nothing happens to it before.
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a replica ran.", e);
        }
    }
}
