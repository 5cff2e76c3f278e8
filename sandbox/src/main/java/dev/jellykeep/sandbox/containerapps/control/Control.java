package dev.jellykeep.sandbox.containerapps.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.http.Emulator;
import dev.jellykeep.sandbox.containerapps.http.Listener;
import dev.jellykeep.sandbox.containerapps.http.Reply;
import dev.jellykeep.sandbox.containerapps.http.Request;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.replica.SimulatedReplicas;
import dev.jellykeep.sandbox.containerapps.state.Demand;
import dev.jellykeep.sandbox.containerapps.state.StateDump;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Steering over HTTP, below `/_sandbox/`. No token is asked for, and nothing is journalled.
public final class Control implements Listener.Answers {
    private final Emulator emulator;
    private final Consumer<Duration> advance;
    private final ReplicaHost host;
    private final Function<Request, Optional<Reply>> others;

    /// @param advance puts the clock forward
    /// @param host where replicas run
    /// @param others answers what isn't known here, for what surrounds the emulator
    public Control(
            Emulator emulator,
            Consumer<Duration> advance,
            ReplicaHost host,
            Function<Request, Optional<Reply>> others) {
        this.emulator = emulator;
        this.advance = advance;
        this.host = host;
        this.others = others;
    }

    /// What a request wants: its method and the rest of its path, as in `GET state`.
    public static String what(Request request) {
        return request.method() + " " + request.path().substring(Listener.CONTROL.length() + 1);
    }

    @Override
    public Reply to(Request request) {
        try {
            return answer(request);
        } catch (IllegalArgumentException | IllegalStateException | DateTimeException | Json.NotAnObject e) {
            return Reply.of(400, Json.object().put("error", e.getMessage()));
        }
    }

    private Reply answer(Request request) {
        var what = what(request);
        return switch (what) {
            case "GET state" -> Reply.ok(emulator.with(world -> new StateDump(world).json()));
            case "GET identities" -> Reply.ok(emulator.with(world -> new StateDump(world).identities()));
            case "PUT roles" -> Reply.ok(assign(request));
            case "GET authorized" -> Reply.ok(Json.object().put("holds", holds(request)));
            case "GET journal" -> journal();
            case "DELETE journal" -> done(emulator.journal()::clear);
            case "GET settings" -> Reply.ok(SettingsJson.write(emulator.settings()));
            case "PATCH settings" -> {
                var changes = Json.object(request.body());
                emulator.change(before -> SettingsJson.read(before, changes));
                yield Reply.ok(SettingsJson.write(emulator.settings()));
            }
            case "GET faults" -> faults();
            case "POST faults" -> addFault(Json.object(request.body()));
            case "DELETE faults" -> done(emulator.faults()::clear);
            case "POST release" -> done(emulator.faults()::release);
            case "POST scripts" -> done(() -> replicas().script(ScriptJson.script(Json.object(request.body()))));
            case "DELETE scripts" -> done(() -> replicas().clearScripts());
            case "PUT principals" -> addPrincipals(Json.object(request.body()));
            case "POST clock" -> {
                advance.accept(Duration.parse(Json.text(Json.object(request.body()), "advance")));
                yield now();
            }
            case "POST tick", "GET clock" -> now();
            default -> demand(what, request);
        };
    }

    private Reply demand(String what, Request request) {
        var app = request.parameter("app");
        return switch (what) {
            case "POST request" -> {
                var answer = emulator.with(world -> new Demand(world).request(app));
                yield Reply.ok(Json.object().put("revision", answer.revision()).put("ready", answer.ready()));
            }
            case "POST scale" -> {
                var replicas = Integer.parseInt(request.parameter("replicas"));
                yield demand(demand -> demand.scale(app, replicas));
            }
            case "POST idle" -> demand(demand -> demand.idle(app));
            case "POST unstick" -> demand(demand -> demand.unstick(app));
            case "POST drain" -> demand(demand -> demand.drain(request.parameter("replica")));
            case "POST evict" -> demand(demand -> demand.evict(request.parameter("replica")));
            case "POST crash" -> crash(request.parameter("replica"), request.parameter("container"));
            default ->
                others.apply(request)
                        .orElseGet(() -> Reply.of(
                                404,
                                Json.object().put("error", "There is no " + what + " here: look into Control.java.")));
        };
    }

    private Reply demand(Consumer<Demand> deed) {
        return emulator.with(world -> {
            deed.accept(new Demand(world));
            return Reply.empty(204);
        });
    }

    private Reply crash(String replica, String container) {
        return emulator.with(world -> {
            if (!host.crash(replica, container, world.now())) {
                throw new IllegalStateException("There is no container '" + container + "' to crash in a replica '"
                        + replica + "': look at the state.");
            }
            return Reply.empty(204);
        });
    }

    private Reply journal() {
        var entries = Json.array();
        emulator.journal().entries().forEach(entry -> entries.add(entry.json()));
        return Reply.ok(entries);
    }

    private Reply faults() {
        var faults = Json.array();
        emulator.faults().pending().forEach(fault -> faults.add(FaultJson.write(fault)));
        return Reply.ok(faults);
    }

    private Reply addFault(ObjectNode json) {
        if (FaultJson.isOfOperation(json)) {
            return emulator.with(world -> {
                world.add(FaultJson.ofOperation(json));
                return Reply.empty(204);
            });
        }
        emulator.faults().add(FaultJson.ofRequests(json));
        return Reply.empty(204);
    }

    private Reply addPrincipals(ObjectNode byToken) {
        for (var entry : byToken.properties()) {
            if (!(entry.getValue() instanceof ObjectNode json)) {
                throw new IllegalArgumentException("The token '" + entry.getKey() + "' needs an object with actions.");
            }
            emulator.principals().put(entry.getKey(), ScriptJson.caller(json));
        }
        return Reply.empty(204);
    }

    private boolean holds(Request request) {
        return emulator.withRoles(roles ->
                roles.holds(request.parameter("principalId"), request.parameter("role"), request.parameter("scope")));
    }

    /// Assigns a role, to take effect after a while: at once, unless told otherwise.
    private ObjectNode assign(Request request) {
        var after = request.parameter("after");
        return emulator.withRoles(roles -> roles.assign(
                request.parameter("principalId"),
                request.parameter("role"),
                request.parameter("scope"),
                after.isEmpty() ? Duration.ZERO : Duration.parse(after)));
    }

    private Reply now() {
        return Reply.ok(
                emulator.with(world -> Json.object().put("now", world.now().toString())));
    }

    private SimulatedReplicas replicas() {
        if (host instanceof SimulatedReplicas simulated) {
            return simulated;
        }
        throw new IllegalStateException("Replicas are real here: they follow no script.");
    }

    private static Reply done(Runnable deed) {
        deed.run();
        return Reply.empty(204);
    }
}
