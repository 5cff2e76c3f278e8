package dev.jellykeep.sandbox.containerapps.http;

import dev.jellykeep.sandbox.containerapps.arm.ApiVersions;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import dev.jellykeep.sandbox.containerapps.state.Caller;
import dev.jellykeep.sandbox.containerapps.state.RoleAssignments;
import dev.jellykeep.sandbox.containerapps.state.World;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Answers ARM requests, one at a time: faults first, then who calls, how often, what, and whether they may.
public final class Emulator {
    private static final String REQUEST_ID = "x-ms-request-id";
    private static final String CORRELATION_ID = "x-ms-correlation-request-id";
    private static final String CLIENT_ID = "x-ms-client-request-id";

    private final InstantSource clock;
    private final AtomicReference<Settings> settings;
    private final World world;
    private final RoleAssignments assignments;
    private final AppRoutes apps;
    private final OtherRoutes others;
    private final Journal journal = new Journal();
    private final Faults faults = new Faults();
    private final Principals principals = new Principals();
    private final Throttle throttle = new Throttle();

    public Emulator(InstantSource clock, Settings settings, ReplicaHost host) {
        this.clock = clock;
        this.settings = new AtomicReference<>(settings);
        this.world = new World(clock, this.settings::get, host);
        this.assignments = new RoleAssignments(world);
        this.apps = new AppRoutes(world);
        this.others = new OtherRoutes(assignments);
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    public Principals principals() {
        return principals;
    }

    public Settings settings() {
        return settings.get();
    }

    public void change(UnaryOperator<Settings> how) {
        settings.updateAndGet(how);
    }

    /// Works on the world as it is by now, while nobody else does.
    public synchronized <T> T with(Function<World, T> work) {
        world.advance();
        T result = work.apply(world);
        world.advance();
        return result;
    }

    /// Works on the world as it was last, and lets nothing happen after.
    public synchronized void withStill(Consumer<World> work) {
        work.accept(world);
    }

    /// As {@link #with}, on role assignments.
    public synchronized <T> T withRoles(Function<RoleAssignments, T> work) {
        world.advance();
        return work.apply(assignments);
    }

    /// Answers a request, and writes it into the journal.
    public Reply answer(Request request) throws InterruptedException {
        var fault = faults.take(request, clock.instant());
        if (fault.isPresent() && fault.get() instanceof Fault.Hang) {
            faults.hang();
        }
        var reply = fault.map(outcome -> faulty(request, outcome)).orElseGet(() -> honest(request));
        var ids = ids(request);
        journal.add(request, clock.instant(), principal(request), reply.status(), ids.getOrDefault(REQUEST_ID, ""));
        return reply.with(ids);
    }

    /// Answers on somebody's behalf: no fault, no limit, no journal.
    public Reply answerTo(Request request, Caller caller) {
        return refusable(() -> with(_ -> dispatch(request, caller)));
    }

    private Reply faulty(Request request, Fault.Outcome outcome) {
        return switch (outcome) {
            case Fault.Answer answer -> {
                var body = ArmRefusal.body(answer.code(), answer.message(), answer.bare());
                var headers = answer.retryAfter()
                        .map(seconds -> Map.of("Retry-After", Integer.toString(seconds)))
                        .orElse(Map.of());
                yield Reply.of(answer.status(), body).with(headers);
            }
            case Fault.Reset _ -> Reply.CLOSED;
            case Fault.LoseReply _ -> {
                honest(request);
                yield Reply.CLOSED;
            }
            case Fault.Hang _ -> honest(request);
        };
    }

    private Reply honest(Request request) {
        return refusable(() -> {
            var caller = principals.of(request);
            return with(_ -> {
                var subscription = ArmPath.parse(request.path())
                        .map(path -> path.inScope("subscriptions"))
                        .orElse("");
                var left = throttle.take(request, caller.objectId(), subscription, settings(), world.now());
                return refusable(() -> dispatch(request, caller)).with(left);
            });
        });
    }

    private Reply dispatch(Request request, Caller caller) {
        var path = ArmPath.parse(request.path())
                .orElseThrow(() -> ArmRefusal.of(
                        404, "InvalidResourcePath", "No resource provider is named in '" + request.path() + "'."));
        ApiVersions.check(path.namespace(), path.segments().getFirst(), request.apiVersion());
        var route = route(request, path).orElseThrow(() -> unknown(request, path));
        caller.require(route.action(), route.scope());
        return route.handler().handle(caller);
    }

    private Optional<Route> route(Request request, ArmPath path) {
        return path.isIn("Microsoft.App") ? apps.route(request, path) : others.route(request, path);
    }

    private static ArmRefusal unknown(Request request, ArmPath path) {
        return ArmRefusal.of(
                request.isRead() ? 404 : 405,
                request.isRead() ? "InvalidResourceType" : "MethodNotAllowed",
                "The resource type '" + path.shape() + "' in the namespace '" + path.namespace()
                        + "' can't be asked to " + request.method() + ".");
    }

    private Reply refusable(Supplier<Reply> answer) {
        try {
            return answer.get();
        } catch (ArmRefusal refusal) {
            return Reply.of(refusal.status(), refusal.body(settings().has(Quirk.BARE_ERRORS)))
                    .with(refusal.headers());
        }
    }

    private String principal(Request request) {
        try {
            return principals.of(request).objectId();
        } catch (ArmRefusal _) {
            return "";
        }
    }

    /// What was sent comes back; what wasn't is made up.
    private static Map<String, String> ids(Request request) {
        var ids = new HashMap<String, String>();
        for (var name : new String[] {REQUEST_ID, CORRELATION_ID}) {
            var sent = request.header(name);
            ids.put(name, sent.isEmpty() ? UUID.randomUUID().toString() : sent);
        }
        if (!request.header(CLIENT_ID).isEmpty()) {
            ids.put(CLIENT_ID, request.header(CLIENT_ID));
        }
        return ids;
    }
}
