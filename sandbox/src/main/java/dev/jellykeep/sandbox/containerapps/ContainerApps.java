package dev.jellykeep.sandbox.containerapps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.control.Control;
import dev.jellykeep.sandbox.containerapps.http.Emulator;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.sandbox.containerapps.http.Listener;
import dev.jellykeep.sandbox.containerapps.http.LogPages;
import dev.jellykeep.sandbox.containerapps.http.Reply;
import dev.jellykeep.sandbox.containerapps.http.Request;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.replica.SimulatedReplicas;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import dev.jellykeep.sandbox.containerapps.state.Caller;
import dev.jellykeep.sandbox.containerapps.state.Demand;
import dev.jellykeep.sandbox.containerapps.state.OperationFault;
import dev.jellykeep.sandbox.containerapps.state.Roll;
import dev.jellykeep.sandbox.containerapps.state.StateDump;
import dev.jellykeep.sandbox.containerapps.state.Traffic;
import dev.jellykeep.sandbox.containerapps.state.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// An emulator of the Container Apps API that listens, and its steering from Java.
///
/// Apps are named by name, or by resource id where the name isn't unique.
public final class ContainerApps implements AutoCloseable {
    private static final String NEWEST = "2026-07-01";
    private static final Caller SEED = new Caller("seed", "00000000-0000-0000-0000-000000000000", Caller.ALL);

    private final Options options;
    private final Emulator emulator;
    private final Listener listener;

    private ContainerApps(Options options) {
        this.options = options;
        this.emulator = new Emulator(options.clock(), options.settings(), options.host());
        var control = new Control(emulator, options.clock()::advance, options.host(), options.steering());
        this.listener = Listener.start(options.port(), options.tls(), emulator::answer, control);
        options.host().logs().ifPresent(logs -> listener.serve(LogPages.PATH, new LogPages(logs)));
    }

    /// As {@link #start(Options)}, with {@link Options#usual}.
    public static ContainerApps start() {
        return start(Options.usual());
    }

    /// Starts one.
    public static ContainerApps start(Options options) {
        return new ContainerApps(options);
    }

    /// Where ARM is: scheme, host and port.
    public URI uri() {
        return listener.uri();
    }

    public Instant now() {
        return options.clock().instant();
    }

    /// Puts the clock forward, and lets happen what becomes due.
    public void advance(Duration by) {
        options.clock().advance(by);
        tick();
    }

    /// Lets happen what is due. Requests do so by themselves; a host of real replicas wants it from time to time.
    public void tick() {
        emulator.with(_ -> true);
    }

    /// When the passing of time alone changes something next.
    public Optional<Instant> nextDue() {
        return emulator.with(world -> world.nextDue());
    }

    public Settings settings() {
        return emulator.settings();
    }

    public void change(UnaryOperator<Settings> how) {
        emulator.change(how);
    }

    public void on(Quirk quirk) {
        change(settings -> settings.with(quirk));
    }

    public void off(Quirk quirk) {
        change(settings -> settings.without(quirk));
    }

    /// Scripts what happens to requests.
    public void fault(Fault fault) {
        emulator.faults().add(fault);
    }

    /// Forgets the faults of requests that are still to come, and lets hanging ones go on.
    public void clearFaults() {
        emulator.faults().clear();
    }

    /// Lets hanging requests go on.
    public void release() {
        emulator.faults().release();
    }

    /// Scripts what happens to the next operation.
    public void fault(OperationFault fault) {
        demand(world -> world.add(fault));
    }

    /// Scripts a simulated container, in replicas that start from now on.
    ///
    /// @throws IllegalStateException where replicas aren't simulated
    public void script(ContainerScript script) {
        demand(_ -> simulated().script(script));
    }

    /// Makes an app container fail now.
    public void crash(String replica, String container) {
        demand(world -> {
            if (!options.host().crash(replica, container, world.now())) {
                throw new IllegalStateException("There is no container " + container + " to crash in a replica "
                        + replica + ": look at the state.");
            }
        });
    }

    /// A user's request to an app.
    public Demand.Answer request(String app) {
        return emulator.with(world -> new Demand(world).request(app));
    }

    /// Works on users' requests, as an ingress does.
    public <T> T traffic(Function<Traffic, T> work) {
        return emulator.with(world -> work.apply(new Traffic(world)));
    }

    /// Lets an app fall idle now.
    public void idle(String app) {
        demand(world -> new Demand(world).idle(app));
    }

    /// Assigns a role, to take effect after a while.
    ///
    /// @param role the role definition's guid
    public void assign(String principalId, String role, String scope, Duration after) {
        emulator.withRoles(roles -> roles.assign(principalId, role, scope, after));
    }

    /// Takes a role back that was assigned.
    ///
    /// @param role the role definition's guid
    public void withdraw(String principalId, String role, String scope) {
        emulator.<Boolean>withRoles(roles -> {
            roles.withdraw(principalId, role, scope);
            return true;
        });
    }

    /// Has the revision that serves run so many replicas.
    public void scale(String app, int replicas) {
        demand(world -> new Demand(world).scale(app, replicas));
    }

    /// Ends a replica at once.
    public void evict(String replica) {
        demand(world -> new Demand(world).evict(replica));
    }

    /// Ends all of an app's replicas at once, and leaves it asleep.
    public void endAll(String app) {
        demand(world -> new Demand(world).endAll(app));
    }

    /// Takes a replica's node away in good order: only when it is gone another one starts.
    public void drain(String replica) {
        demand(world -> new Demand(world).drain(replica));
    }

    /// Ends an operation that is stuck.
    public void unstick(String app) {
        demand(world -> new Demand(world).unstick(app));
    }

    /// Gives a token; from the first one on no others are taken.
    public void principal(String token, Caller caller) {
        emulator.principals().put(token, caller);
    }

    /// Creates a resource, or replaces it, without token, journal or fault.
    ///
    /// @param id the resource id of an environment, an app or a role assignment
    /// @return the resource
    /// @throws IllegalArgumentException if it is refused
    public ObjectNode put(String id, String json) {
        return ask("PUT", id, json);
    }

    /// A resource as GET shows it under the newest api-version, without token, journal or fault.
    ///
    /// @throws IllegalArgumentException if there is none
    public ObjectNode get(String id) {
        return ask("GET", id, "");
    }

    /// Every ARM request so far.
    public List<JournalEntry> journal() {
        return emulator.journal().entries();
    }

    public void clearJournal() {
        emulator.journal().clear();
    }

    /// Everything as it is, as `GET /_sandbox/state` has it.
    public ObjectNode state() {
        return emulator.with(world -> new StateDump(world).json());
    }

    /// The names of an app's revisions and the replicas that each has, in the order of their creation.
    public Map<String, List<String>> replicas(String app) {
        return emulator.with(world -> new Roll(world).replicas(app));
    }

    /// How often a container has been started in the replicas that an app has now.
    public long starts(String app, String container) {
        return emulator.with(world -> new Roll(world).starts(app, container));
    }

    /// Whether a principal holds a role at a scope by now.
    ///
    /// @param role the role definition's guid
    public boolean holds(String principalId, String role, String scope) {
        return emulator.withRoles(roles -> roles.holds(principalId, role, scope));
    }

    /// Stops listening, and ends every replica.
    @Override
    public void close() {
        emulator.faults().clear();
        listener.close();
        emulator.withStill(world -> new Demand(world).endAll());
    }

    private ObjectNode ask(String method, String id, String json) {
        var version = id.contains("Microsoft.Authorization") ? "2022-04-01" : NEWEST;
        var request = new Request(
                method,
                id,
                "",
                Map.of("api-version", version),
                Map.of("content-type", "application/json"),
                json,
                uri().toString());
        Reply reply = emulator.answerTo(request, SEED);
        if (reply.status() >= 300 || !(reply.body() instanceof ObjectNode body)) {
            throw new IllegalArgumentException(method + " " + id + " was answered with " + reply.status() + ": "
                    + Optional.ofNullable(reply.body()).map(Object::toString).orElse(""));
        }
        return body;
    }

    private SimulatedReplicas simulated() {
        if (options.host() instanceof SimulatedReplicas replicas) {
            return replicas;
        }
        throw new IllegalStateException("Replicas are real here: they follow no script.");
    }

    private void demand(Consumer<World> deed) {
        emulator.with(world -> {
            deed.accept(world);
            return true;
        });
    }
}
