package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Begins and ends operations.
final class Operations {
    private Operations() {}

    /// @throws ArmRefusal 409 while an operation on the app runs, where that matters
    static void free(World world, App app, Quirk quirk) {
        if (app.busy() && world.settings().has(quirk)) {
            throw ArmRefusal.of(
                    409,
                    world.settings().conflictCode(),
                    "Cannot modify a container app '" + app.name()
                            + "' because there is an active provisioning operation in progress. Please retry the"
                            + " operation.");
        }
    }

    /// Begins one; one that still runs is canceled.
    ///
    /// @param revision the one that it provisions
    /// @param wedged whether it never ends
    static Operation begin(World world, App app, Operation.Kind kind, @Nullable Revision revision, boolean wedged) {
        var before = app.operation();
        if (before != null && before.running()) {
            before.end(Operation.Status.CANCELED, world.now());
        }
        var fault =
                wedged ? OperationFault.stuck() : world.takeFault(app.name()).orElse(null);
        var wait = fault == null ? world.settings().timings().of(Span.OPERATION) : fault.after();
        var id = UUID.nameUUIDFromBytes(("operation:" + world.operations().size()).getBytes(StandardCharsets.UTF_8));
        var operation =
                new Operation(id.toString(), kind, app, world.now(), world.now().plus(wait), revision, fault);
        world.add(operation);
        app.operation(operation);
        return operation;
    }

    /// Ends the app's operation if it is due; whether it did.
    static boolean settle(World world, App app, Instant now) {
        var operation = app.operation();
        if (operation == null
                || !operation.running()
                || operation.stuck()
                || now.isBefore(operation.least())
                || waits(operation)) {
            return false;
        }
        end(world, app, operation, now);
        return true;
    }

    /// When it can end, if one runs.
    static Optional<Instant> due(App app) {
        var operation = app.operation();
        return operation == null || !operation.running() || operation.stuck()
                ? Optional.empty()
                : Optional.of(operation.least());
    }

    private static boolean waits(Operation operation) {
        if (operation.fault() != null) {
            return false;
        }
        return switch (operation.kind()) {
            case PUT, PATCH ->
                operation.revision() != null
                        && operation.revision().provisioning()
                        && !operation.app().stopped();
            case DELETE, STOP ->
                operation.app().revisions().stream()
                        .anyMatch(revision -> !revision.replicas().isEmpty());
            case START -> false;
        };
    }

    private static void end(World world, App app, Operation operation, Instant now) {
        var fault = operation.fault();
        var revision = operation.revision();
        if (fault != null) {
            if (revision != null) {
                revision.fail(fault.message());
            }
            operation.fail(fault.code(), fault.message(), now);
        } else if (revision != null && revision.progress() == Revision.Progress.FAILED) {
            operation.fail(
                    "ContainerAppOperationError",
                    "Failed to provision revision for container app '" + app.name()
                            + "'. Error details: Operation expired.",
                    now);
        } else {
            operation.end(Operation.Status.SUCCEEDED, now);
        }
        if (operation.kind() == Operation.Kind.DELETE && operation.status() == Operation.Status.SUCCEEDED) {
            world.remove(app);
        }
        app.failed(operation.status() == Operation.Status.FAILED
                && (app.latestReady().isEmpty() || world.settings().has(Quirk.FAILED_AFTER_FAILED_UPDATE)));
    }
}
