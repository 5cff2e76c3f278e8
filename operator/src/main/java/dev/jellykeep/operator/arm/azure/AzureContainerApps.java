package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.resourcemanager.appcontainers.models.ContainerAppsRevisions;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.ArmFigures;
import dev.jellykeep.operator.arm.BudgetFigures;
import dev.jellykeep.operator.arm.ContainerAppsApi;
import dev.jellykeep.operator.arm.Environment;
import dev.jellykeep.operator.arm.OperationHandle;
import dev.jellykeep.operator.arm.OperationState;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.RequestFigures;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;

/// Container Apps in Azure.
///
/// One object is one identity: its callers share a budget for each subscription.
public final class AzureContainerApps implements ContainerAppsApi, ArmFigures, AutoCloseable {
    /// More than the service keeps: 100 inactive revisions and those that are active.
    private static final int MOST_PAGES = 50;

    private final ArmConnection connection;
    private final Calls calls;
    private final Raw raw;

    AzureContainerApps(ArmConnection connection) {
        this.connection = connection;
        this.calls = connection.calls();
        this.raw = connection.raw();
    }

    /// Opens nothing yet: the first call asks for a token.
    ///
    /// @throws ArmException INVALID if a real credential is to go over plain HTTP, or an emulator's
    ///     token elsewhere
    public static AzureContainerApps open(
            ArmEndpoint endpoint, ArmCredential credential, ArmOptions options, RandomGenerator random) {
        var surroundings = new Surroundings(
                new SteadyClock(InstantSource.system()),
                Thread::sleep,
                random,
                LoggerFactory.getLogger("dev.jellykeep.operator.arm"));
        return new AzureContainerApps(new ArmConnection(endpoint, credential, options, surroundings));
    }

    @Override
    public List<BudgetFigures> budgets() {
        return connection.budgets().figures();
    }

    @Override
    public List<RequestFigures> requests() {
        return connection.tallies().figures();
    }

    @Override
    public Reading<JsonNode> app(AppResourceId app) {
        var target = Target.of(app);
        return calls.read("read container app " + app, target, context -> {
            var tree = raw.get(appUrl(target, ""), context).object();
            if (!tree.path("properties").isObject()) {
                throw new FaultException(new Fault.NotArm("an app without \"properties\"", ""));
            }
            return tree;
        });
    }

    @Override
    public WriteOutcome patch(AppResourceId app, JsonNode patch) {
        if (!patch.path("properties").path("configuration").path("secrets").isMissingNode()) {
            throw new IllegalArgumentException("a patch never holds secrets: ARM gave us none to send");
        }
        var target = Target.of(app);
        return calls.write("patch container app " + app, target, context -> {
            var answer = raw.patch(appUrl(target, ""), patch, context);
            return answer.status() == 202 || !answer.asyncOperation().isEmpty()
                    ? accepted(target, answer)
                    : new WriteOutcome.Done();
        });
    }

    @Override
    public OperationState operation(AppResourceId app, OperationHandle handle) {
        var target = Target.of(app);
        if (!Operations.own(connection.endpoint(), target, handle.url())) {
            throw Operations.foreign(target);
        }
        return calls.run(
                "look up an operation on container app " + app,
                target,
                false,
                context -> {
                    var answer = raw.get(handle.url(), context);
                    return Operations.state(answer.status(), answer.body(), answer.retryAfter());
                },
                Operations::state);
    }

    @Override
    public Reading<List<Revision>> revisions(AppResourceId app) {
        var target = Target.of(app);
        return calls.read("list revisions of container app " + app, target, context -> {
            var all = new ArrayList<Revision>();
            var next = appUrl(target, "/revisions");
            for (var pages = 0; !next.isEmpty(); pages++) {
                if (pages == MOST_PAGES) {
                    throw new FaultException(new Fault.NotArm("a revision list without end", ""));
                }
                var page = RevisionPage.of(raw.get(next, context).object());
                all.addAll(page.revisions());
                next = page.nextLink();
            }
            return List.copyOf(all);
        });
    }

    @Override
    public Reading<JsonNode> template(AppResourceId app, String revision) {
        var target = Target.of(app);
        var name = Target.checked(revision);
        return calls.read("read revision " + name + " of container app " + app, target, context -> {
            var template = raw.get(appUrl(target, "/revisions/" + name), context)
                    .object()
                    .path("properties")
                    .path("template");
            if (!template.isObject()) {
                throw new FaultException(new Fault.NotArm("a revision without \"template\"", ""));
            }
            return template;
        });
    }

    @Override
    public WriteOutcome activate(AppResourceId app, String revision) {
        return act("activate", app, revision, ContainerAppsRevisions::activateRevisionWithResponse);
    }

    @Override
    public WriteOutcome deactivate(AppResourceId app, String revision) {
        return act("deactivate", app, revision, ContainerAppsRevisions::deactivateRevisionWithResponse);
    }

    @Override
    public WriteOutcome restart(AppResourceId app, String revision) {
        return act("restart", app, revision, ContainerAppsRevisions::restartRevisionWithResponse);
    }

    @Override
    public Reading<List<Replica>> replicas(AppResourceId app, String revision) {
        var target = Target.of(app);
        var name = Target.checked(revision);
        return calls.read("list replicas of revision " + name + " of container app " + app, target, context -> {
            var replicas = connection
                    .subscription(target)
                    .containerAppsRevisionReplicas()
                    .listReplicasWithResponse(target.resourceGroup(), target.name(), name, context)
                    .getValue()
                    .value();
            return replicas == null
                    ? List.of()
                    : replicas.stream().map(Typed::replica).toList();
        });
    }

    @Override
    public Reading<Environment> environment(String environmentId) {
        var target = Target.environment(environmentId);
        return calls.read(
                "read environment " + environmentId,
                target,
                context -> Typed.environment(connection
                        .subscription(target)
                        .managedEnvironments()
                        .getByResourceGroupWithResponse(target.resourceGroup(), target.name(), context)
                        .getValue()));
    }

    @Override
    public void close() {
        connection.close();
    }

    /// One of the typed client's actions on a revision.
    private interface Action {
        Response<Void> send(
                ContainerAppsRevisions revisions, String resourceGroup, String app, String revision, Context context);
    }

    private WriteOutcome act(String verb, AppResourceId app, String revision, Action action) {
        var target = Target.of(app);
        var name = Target.checked(revision);
        return calls.write(verb + " revision " + name + " of container app " + app, target, context -> {
            var revisions = connection.subscription(target).containerAppsRevisions();
            action.send(revisions, target.resourceGroup(), target.name(), name, context);
            return new WriteOutcome.Done();
        });
    }

    private WriteOutcome accepted(Target target, Raw.Answer answer) {
        return new WriteOutcome.Accepted(Operations.handle(
                        connection.endpoint(),
                        target,
                        answer.asyncOperation(),
                        answer.location(),
                        answer.retryAfter(),
                        connection.clock().instant())
                .orElse(null));
    }

    private String appUrl(Target target, String below) {
        return connection.endpoint().url() + target.path() + below + "?api-version=" + ApiVersions.RAW;
    }
}
