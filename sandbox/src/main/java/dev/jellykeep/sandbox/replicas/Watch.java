package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerStatus;
import dev.jellykeep.sandbox.replicas.container.ContainerProcess;
import dev.jellykeep.sandbox.replicas.probe.Probe;
import dev.jellykeep.sandbox.replicas.probe.Prober;
import dev.jellykeep.sandbox.replicas.probe.Streak;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The probes of one run of a container: they say when it is started and ready, and end it when it isn't
/// alive.
final class Watch implements AutoCloseable {
    private final Place place;
    private final ObjectNode container;
    private final String name;
    private final ContainerProcess process;
    private final Board board;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Watch(Place place, ObjectNode container, ContainerProcess process, Board board) {
        this.place = place;
        this.container = container;
        this.name = Json.text(container, "name");
        this.process = process;
        this.board = board;
    }

    /// Begins to watch.
    static Watch start(Place place, ObjectNode container, ContainerProcess process, Board board) {
        var watch = new Watch(place, container, process, board);
        Thread.ofVirtual().name("probes of " + watch.name).start(watch::begin);
        return watch;
    }

    /// Ends watching: nothing is said any more about this run.
    @Override
    public void close() {
        ended.countDown();
    }

    private void begin() {
        var startup = Probe.of(container, Probe.Type.STARTUP);
        startup.ifPresent(probe -> look(probe, false));
        if (over()) {
            return;
        }
        var readiness = Probe.of(container, Probe.Type.READINESS);
        say(readiness.isEmpty(), true);
        Probe.of(container, Probe.Type.LIVENESS)
                .ifPresent(probe -> Thread.ofVirtual().start(() -> look(probe, true)));
        readiness.ifPresent(probe -> look(probe, true));
    }

    // Looks until the run ends, or, where it isn't for ever, until the first success.
    private void look(Probe probe, boolean forEver) {
        var streak = Streak.NONE;
        for (var wait = probe.initialDelay(); !endsWithin(wait); wait = probe.period()) {
            var wrong = Prober.look(probe, place.network().at(probe.check().port()));
            if (over()) {
                return;
            }
            streak = streak.after(wrong.isEmpty());
            wrong.ifPresent(what -> report(probe, what));
            if (probe.type() == Probe.Type.READINESS && (streak.good(probe) || streak.bad(probe))) {
                say(streak.good(probe), true);
            } else if (streak.good(probe) && !forEver) {
                return;
            } else if (streak.bad(probe) && probe.type() != Probe.Type.READINESS) {
                end(probe);
                return;
            }
        }
    }

    private void end(Probe probe) {
        place.host()
                .logs()
                .warning(
                        place.order(),
                        "ContainerTerminated",
                        "Container " + name + " failed " + probe.type().text().toLowerCase(Locale.ROOT)
                                + " probe, will be restarted");
        var grace = probe.grace()
                .orElseGet(() -> Duration.ofSeconds(place.order()
                        .template()
                        .path("terminationGracePeriodSeconds")
                        .asLong(30)));
        process.terminate();
        if (!endsWithin(grace)) {
            process.kill();
        }
    }

    private void report(Probe probe, String what) {
        place.host()
                .logs()
                .warning(place.order(), "ReplicaUnhealthy", probe.type().text() + " probe failed: " + what);
    }

    private void say(boolean ready, boolean started) {
        board.update(
                name,
                before -> over()
                        ? before
                        : new ContainerStatus(
                                name, ready, started, before.restartCount(), before.state(), before.details()));
    }

    private boolean over() {
        return ended.getCount() == 0;
    }

    private boolean endsWithin(Duration time) {
        try {
            return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
