package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Everything that the emulator knows. Used by one thread at a time.
///
/// It moves only by {@link #advance}: what becomes due up to now happens in order, each thing at its own time, however
/// seldom that is called.
public final class World {
    private static final int STEPS_AT_ONCE = 10_000;

    private final InstantSource clock;
    private final Supplier<Settings> settings;
    private final ReplicaHost host;
    private final Lifecycle lifecycle;
    private final Map<String, App> apps = new LinkedHashMap<>();
    private final Map<String, Environment> environments = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final List<OperationFault> faults = new ArrayList<>();
    private Instant reached;

    public World(InstantSource clock, Supplier<Settings> settings, ReplicaHost host) {
        this.clock = clock;
        this.settings = settings;
        this.host = host;
        this.lifecycle = new Lifecycle(this);
        this.reached = clock.instant();
    }

    /// Lets everything happen that is due.
    public void advance() {
        var now = clock.instant();
        settle(reached);
        for (var next = nextDue(reached); next.isPresent() && !next.get().isAfter(now); next = nextDue(reached)) {
            reached = next.get();
            settle(reached);
        }
        if (now.isAfter(reached)) {
            reached = now;
            settle(now);
        }
    }

    /// When something becomes due by the passing of time alone, if anything does.
    public Optional<Instant> nextDue() {
        return nextDue(reached);
    }

    /// The time that has been reached.
    public Instant now() {
        return reached;
    }

    public Settings settings() {
        return settings.get();
    }

    ReplicaHost host() {
        return host;
    }

    /// Scripts the next operation that fits.
    public void add(OperationFault fault) {
        faults.add(fault);
    }

    Optional<OperationFault> takeFault(String app) {
        var fault = faults.stream().filter(candidate -> candidate.fits(app)).findFirst();
        fault.ifPresent(faults::remove);
        return fault;
    }

    Collection<App> apps() {
        return apps.values();
    }

    Collection<Environment> environments() {
        return environments.values();
    }

    Collection<Operation> operations() {
        return operations.values();
    }

    Optional<App> find(ArmPath path) {
        return Optional.ofNullable(apps.get(path.key(0)));
    }

    /// @throws ArmRefusal if there is no such app
    App get(ArmPath path) {
        return find(path)
                .orElseThrow(() -> ArmRefusal.notFound(
                        "Microsoft.App/containerApps", path.name(0), path.inScope("resourceGroups")));
    }

    void add(App app) {
        apps.put(app.path().key(0), app);
    }

    void remove(App app) {
        apps.remove(app.path().key(0));
    }

    Optional<Environment> environment(String id) {
        return Optional.ofNullable(environments.get(ArmPath.key(id)));
    }

    void add(Environment environment) {
        environments.put(environment.path().key(0), environment);
    }

    void add(Operation operation) {
        operations.put(operation.id(), operation);
    }

    public Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    private void settle(Instant at) {
        for (var steps = 0; steps < STEPS_AT_ONCE; steps++) {
            var changed = false;
            for (var app : List.copyOf(apps.values())) {
                changed |= lifecycle.settle(app, at);
            }
            if (!changed) {
                return;
            }
        }
        throw new IllegalStateException("The emulator found no rest at " + at + " in " + STEPS_AT_ONCE
                + " steps: look for containers that fail and restart in no time.");
    }

    private Optional<Instant> nextDue(Instant after) {
        return apps.values().stream()
                .flatMap(app -> lifecycle.due(app, after))
                .filter(due -> due.isAfter(after))
                .min(Instant::compareTo);
    }
}
