package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.json.MergePatch;
import dev.jellykeep.sandbox.containerapps.rules.AppRules;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;
import dev.jellykeep.sandbox.containerapps.rules.Names;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.util.Optional;

/// Writes of whole apps, or parts of them (`container-apps.md` §3.1 to §3.3).
public final class AppWrites {
    private static final String WRITE = "Microsoft.App/containerApps/write";
    private static final String ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
    private static final String JOIN = "Microsoft.App/managedEnvironments/join/action";

    private final World world;
    private final Rollout rollout;

    public AppWrites(World world) {
        this.world = world;
        this.rollout = new Rollout(world);
    }

    /// What a PUT did.
    public record Put(Operation operation, boolean created) {}

    /// Creates an app, or replaces all that was written of it: secrets that aren't sent are gone.
    ///
    /// @throws ArmRefusal for what the service refuses
    public Put put(ArmPath path, ObjectNode body, Caller by) {
        Names.app(path.name(0));
        var existing = world.find(path);
        existing.ifPresent(app -> Operations.free(world, app, Quirk.BUSY_CONFLICT));
        var written = prepared(body);
        if (Json.text(written, "location").isBlank()) {
            throw ArmRefusal.of(400, "LocationRequired", "The location property is required for this definition.");
        }
        requireLinked(by, path, written);
        if (existing.isEmpty()) {
            return create(path, written, by);
        }
        var app = existing.get();
        AppRules.completeSecrets(written, app.stored(), world.settings());
        return new Put(write(app, written, by, Operation.Kind.PUT), false);
    }

    /// Merges a patch (RFC 7396) into an app.
    ///
    /// @throws ArmRefusal for what the service refuses
    public Operation patch(ArmPath path, ObjectNode body, Caller by) {
        var app = world.get(path);
        Operations.free(world, app, Quirk.BUSY_CONFLICT);
        var patch = prepared(body);
        AppRules.completeSecrets(patch, app.stored(), world.settings());
        var written = MergePatch.apply(app.stored(), patch);
        requireLinked(by, path, written);
        return write(app, written, by, Operation.Kind.PATCH);
    }

    /// Begins to delete an app; empty if there is none.
    ///
    /// @throws ArmRefusal while it is busy
    public Optional<Operation> delete(ArmPath path) {
        var app = world.find(path);
        app.ifPresent(there -> Operations.free(world, there, Quirk.BUSY_CONFLICT));
        return app.map(there -> Operations.begin(world, there, Operation.Kind.DELETE, null, false));
    }

    /// Starts what was stopped: as many replicas as before. A revision that was written meanwhile is provisioned now.
    ///
    /// @throws ArmRefusal while it is busy
    public Operation start(ArmPath path) {
        var app = world.get(path);
        Operations.free(world, app, Quirk.BUSY_CONFLICT);
        app.stopped(false);
        app.revisions().stream()
                .filter(Revision::provisioning)
                .forEach(revision -> revision.activate(
                        revision.target(),
                        world.now(),
                        world.settings().timings().of(Span.PROGRESS_DEADLINE)));
        return Operations.begin(world, app, Operation.Kind.START, null, false);
    }

    /// Stops every replica.
    ///
    /// @throws ArmRefusal while it is busy
    public Operation stop(ArmPath path) {
        var app = world.get(path);
        Operations.free(world, app, Quirk.BUSY_CONFLICT);
        app.stopped(true);
        return Operations.begin(world, app, Operation.Kind.STOP, null, false);
    }

    private Put create(ArmPath path, ObjectNode written, Caller by) {
        AppRules.check(written, environmentOf(written).stored(), world.settings());
        var wedged = AppRules.hasDuplicateVariables(Json.at(written, "properties", "template"));
        if (world.settings().has(Quirk.FUTURE_MEMBERS)) {
            FutureMembers.add(written);
        }
        var app = new App(path, written, by, world.now());
        world.add(app);
        var revision = wedged ? null : rollout.begin(app);
        return new Put(Operations.begin(world, app, Operation.Kind.PUT, revision, wedged), true);
    }

    private Operation write(App app, ObjectNode written, Caller by, Operation.Kind kind) {
        unchangeable(app, written);
        AppRules.check(written, environmentOf(written).stored(), world.settings());
        UsedSecrets.check(world, app, written);
        var before = app.template();
        var after = Json.section(written, "properties", "template");
        var same = Template.same(before, after);
        var suffix = Json.text(after, "revisionSuffix");
        var taken = !same && rollout.taken(app, suffix);
        if (same && suffix.isEmpty() && before.has("revisionSuffix")) {
            after.set("revisionSuffix", before.path("revisionSuffix"));
        }
        var wedged = AppRules.hasDuplicateVariables(after);
        app.store(written, by, world.now());
        var revision = same || taken || wedged ? null : rollout.begin(app);
        return Operations.begin(world, app, kind, revision, wedged);
    }

    private ObjectNode prepared(ObjectNode body) {
        var written = ReadOnly.strip(body);
        var properties = written.path("properties");
        if (properties instanceof ObjectNode object
                && !object.has("environmentId")
                && object.has("managedEnvironmentId")) {
            object.set("environmentId", object.path("managedEnvironmentId"));
        }
        if (!world.settings().has(Quirk.EPHEMERAL_STORAGE_REFUSED)) {
            Template.dropEphemeralStorage(properties.path("template"));
        }
        return written;
    }

    private Environment environmentOf(ObjectNode written) {
        var id = Json.text(written, "properties", "environmentId");
        return world.environment(id)
                .orElseThrow(() -> ArmRefusal.of(
                        400, "ManagedEnvironmentNotFound", "The environment '" + id + "' was not found."));
    }

    /// Who writes an app needs rights on what it names, too. ARM may judge by what a patch names alone: this is the
    /// stricter reading.
    private static void requireLinked(Caller by, ArmPath path, ObjectNode written) {
        by.requireLinked(WRITE, path.id(0), JOIN, Json.text(written, "properties", "environmentId"));
        AssignedIdentities.of(written).users().forEach(user -> by.requireLinked(WRITE, path.id(0), ASSIGN, user));
    }

    private static void unchangeable(App app, ObjectNode written) {
        var before = app.stored();
        if (!Locations.same(Json.text(before, "location"), Json.text(written, "location"))) {
            throw ArmRefusal.of(
                    409,
                    "InvalidResourceLocation",
                    "The resource '" + app.name() + "' already exists in location '" + Json.text(before, "location")
                            + "'. A resource with the same name cannot be created in location '"
                            + Json.text(written, "location") + "'.");
        }
        for (var name : new String[] {"environmentId", "networking"}) {
            var old = before.path("properties").path(name);
            var now = written.path("properties").path(name);
            if (Json.present(old) && !old.toString().equalsIgnoreCase(now.toString())) {
                throw ArmRefusal.of(
                        400, "ContainerAppImmutableProperty", "The property '" + name + "' can't be changed.");
            }
        }
    }
}
