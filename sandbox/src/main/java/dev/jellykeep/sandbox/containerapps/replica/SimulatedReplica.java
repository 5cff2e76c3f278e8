package dev.jellykeep.sandbox.containerapps.replica;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// One simulated replica.
final class SimulatedReplica {
    private final List<Life> init = new ArrayList<>();
    private final List<Life> app = new ArrayList<>();
    private final Map<String, NavigableSet<Instant>> crashes = new HashMap<>();
    private final Duration stop;
    private Instant gone = Instant.MAX;

    /// @param scripts the script of a container, by its name
    SimulatedReplica(ReplicaOrder order, Function<String, ContainerScript> scripts) {
        var timings = order.timings();
        stop = timings.of(Span.STOP);
        var begin = order.startedAt().plus(timings.of(Span.SCHEDULE));
        var identities = order.identities();
        for (var name : names(order.template().path("initContainers"))) {
            var from = identities.init().isEmpty() ? Instant.MAX : identities.from();
            var life = new Life(name, scripts.apply(name), true, begin, from, timings);
            init.add(life);
            begin = life.end();
        }
        for (var name : names(order.template().path("containers"))) {
            app.add(new Life(name, scripts.apply(name), false, begin, identities.from(), timings));
        }
    }

    ReplicaStatus observe(Instant now) {
        if (!now.isBefore(gone)) {
            return ReplicaStatus.GONE;
        }
        return new ReplicaStatus(statuses(init, now), statuses(app, now), false);
    }

    void crash(String container, Instant at) {
        crashes.computeIfAbsent(container, _ -> new TreeSet<>()).add(at);
    }

    void stop(Instant now, Duration grace) {
        var end = now.plus(stop.compareTo(grace) < 0 ? stop : grace);
        gone = end.isBefore(gone) ? end : gone;
    }

    Optional<Instant> nextChange(Instant now) {
        var next = gone.isAfter(now) ? gone : Instant.MAX;
        for (var life : init) {
            next = earlier(next, change(life, now));
        }
        for (var life : app) {
            next = earlier(next, change(life, now));
        }
        return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
    }

    private Instant change(Life life, Instant now) {
        return life.begin().isAfter(now)
                ? life.begin()
                : life.at(now, crashesOf(life)).until();
    }

    private List<ContainerStatus> statuses(List<Life> lives, Instant now) {
        var statuses = new ArrayList<ContainerStatus>();
        for (var life : lives) {
            statuses.add(
                    life.begin().isAfter(now)
                            ? ContainerStatus.waiting(life.name(), "PodInitializing")
                            : life.at(now, crashesOf(life)).status());
        }
        return statuses;
    }

    private NavigableSet<Instant> crashesOf(Life life) {
        return crashes.getOrDefault(life.name(), new TreeSet<>());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static List<String> names(JsonNode containers) {
        var list = containers.isNull() ? MissingNode.getInstance() : containers;
        return Json.objects(list).stream()
                .map(container -> Json.text(container, "name"))
                .toList();
    }
}
