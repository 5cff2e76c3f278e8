package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.blob.StorageAccount;
import dev.jellykeep.sandbox.local.LocalAzure;
import dev.jellykeep.sandbox.local.LocalOptions;
import dev.jellykeep.sandbox.local.Site;
import dev.jellykeep.sandbox.replicas.Isolation;
import dev.jellykeep.sandbox.replicas.Mappings;
import dev.jellykeep.sandbox.replicas.image.Images;
import dev.jellykeep.sandbox.replicas.image.UsualImages;
import dev.jellykeep.sandbox.standin.StandInClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A family's resources on a local Azure whose replicas really run.
///
/// Nothing of it is left after {@link #close} but the files in its folder.
public final class Town implements AutoCloseable {
    /// Longer than anything takes that isn't wrong.
    public static final Duration BOUND = Duration.ofMinutes(4);

    /// Where Jellyfin listens in a replica.
    private static final int PORT = 8096;

    private static final Pattern STOPPED = Pattern.compile("stand-in stopped: last commit (\\d+)");

    private final TownOptions options;
    private final LocalAzure azure;
    private final Owner owner;
    private final OperatorProgram operator;
    private volatile String container;

    private Town(TownOptions options, LocalAzure azure) {
        this.options = options;
        this.azure = azure;
        this.container = options.container();
        this.owner = new Owner(options, azure, () -> container);
        this.operator = new OperatorProgram(options, azure);
    }

    /// Starts Azure, with an environment, a media share, a storage account with its container, and the identity's role
    /// on it; no app yet.
    ///
    /// @throws IllegalStateException where this machine can't run replicas, with one sentence
    public static Town open(TownOptions options) {
        var town = new Town(
                options,
                LocalAzure.start(
                        LocalOptions.of(options.folder().resolve("azure")).with(() -> site(options))));
        town.azure.apps().put(Ids.ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
        town.azure.storage().create(options.container());
        return town;
    }

    /// Why a town can't be made on this machine, in one sentence; empty where it can.
    public static Optional<String> missing() {
        return missing(Mappings.NONE);
    }

    /// As {@link #missing()}, where replicas do without some isolation.
    public static Optional<String> missing(Mappings mappings) {
        return Isolation.missing(mappings).or(Azurite::missing);
    }

    private static Site site(TownOptions options) {
        return Site.real(options.mappings(), images(options), InstantSource.system(), UnaryOperator.identity());
    }

    // The agent as it was built, with the waits that the options give it.
    private static Images images(TownOptions options) {
        var usual = UsualImages.of(options.repository());
        if (options.agentVariables().isEmpty()) {
            return usual;
        }
        var agent = usual.find(OperatorProgram.AGENT_IMAGE).orElseThrow();
        return usual.with(agent.with(options.agentVariables()));
    }

    public LocalAzure azure() {
        return azure;
    }

    public TownOptions options() {
        return options;
    }

    public Owner owner() {
        return owner;
    }

    public OperatorProgram operator() {
        return operator;
    }

    /// Where archives go, as a policy names it.
    public String accountUrl() {
        return azure.storage().url().toString();
    }

    /// Creates the app, or replaces it as a template's deployment does. A new app starts with a replica; one that
    /// sleeps sleeps on.
    public void deploy(AppTemplate template) {
        azure.apps().put(Ids.APP, template.json());
        Await.until(
                "the app is deployed",
                BOUND,
                this::evidence,
                () -> azure.apps()
                        .get(Ids.APP)
                        .at("/properties/provisioningState")
                        .asText()
                        .equals("Succeeded"));
    }

    /// Gives the backup identity and the operator their role on the container.
    public void assignRoles() {
        assignRole(backupPrincipal());
        assignRole(OperatorProgram.PRINCIPAL);
    }

    /// Gives somebody the role on the container that Jellykeep needs.
    public void assignRole(String principal) {
        azure.apps()
                .assign(principal, StorageAccount.CONTRIBUTOR, azure.storage().container(container), Duration.ZERO);
    }

    /// Takes it back.
    public void withdrawRole(String principal) {
        azure.apps()
                .withdraw(principal, StorageAccount.CONTRIBUTOR, azure.storage().container(container));
    }

    /// The principal of the app's identity.
    public String backupPrincipal() {
        return azure.apps()
                .get(Ids.APP)
                .path("identity")
                .path("userAssignedIdentities")
                .path(Ids.IDENTITY)
                .path("principalId")
                .asText();
    }

    /// Puts a policy to work without a cluster: `jellykeep-operator apply`.
    ///
    /// @throws ScenarioFailure with all that it printed, if it fails
    public void protect(Policy policy) {
        var applied = operator.once(yaml(policy), "apply");
        if (applied.exitCode() != 0) {
            throw new ScenarioFailure(
                    "jellykeep-operator apply ended with exit code " + applied.exitCode() + ":\n" + applied.text());
        }
    }

    /// A policy's file.
    public String yaml(Policy policy) {
        return policy.yaml(accountUrl(), container);
    }

    /// From now on archives go to another container, which is made.
    public void use(String other) {
        azure.storage().create(other);
        container = other;
    }

    /// Where archives go.
    public String container() {
        return container;
    }

    /// Puts a blob into the container, behind everybody's back.
    public void plant(String name, byte[] content) {
        azure.storage().put(container, name, content);
    }

    /// The server as users reach it, once it has started: a request to it starts a replica where there is none, and
    /// the page that Jellyfin shows while it starts is waited out.
    public StandInClient server() {
        var server = new StandInClient(azure.ingress().uri(Ids.JELLYFIN), BOUND);
        Await.until("the server has started", BOUND, this::evidence, server::healthy);
        return server;
    }

    /// The server of one replica, past the ingress.
    ///
    /// @throws ScenarioFailure if the replica is gone
    public StandInClient serverOf(String replica) {
        var at = azure.replica(replica, PORT)
                .orElseThrow(() -> new ScenarioFailure("The replica " + replica + " is gone.\n" + evidence()));
        return new StandInClient(URI.create("http://" + at.getAddress().getHostAddress() + ":" + at.getPort()), BOUND);
    }

    /// Begins to use the server, and doesn't wait: a request that holds until it is answered.
    public <T> CompletableFuture<T> visit(Function<StandInClient, T> use) {
        return CompletableFuture.supplyAsync(() -> use.apply(server()), Thread::startVirtualThread);
    }

    /// All replicas that there are.
    public Set<String> replicas() {
        var all = new TreeSet<String>();
        azure.apps().replicas(Ids.JELLYFIN).values().forEach(all::addAll);
        return all;
    }

    /// The app goes to zero replicas, at once.
    ///
    /// @return the last number that the stand-in committed until it was gone; 0 where none ran
    public long scaleToZero() {
        var ending = replicas();
        azure.apps().scale(Ids.JELLYFIN, 0);
        awaitNone();
        return lastCommit(ending);
    }

    /// Waits until the app goes to zero by itself, since nobody uses it.
    ///
    /// @return as {@link #scaleToZero}
    public long fallAsleep() {
        var ending = replicas();
        awaitNone();
        return lastCommit(ending);
    }

    private void awaitNone() {
        Await.until(
                "no replica is left",
                BOUND.plusSeconds(60),
                this::evidence,
                () -> replicas().isEmpty());
    }

    /// Waits until the replica's agent holds the lineage, and lets the idle time pass. Only a holder's final backup
    /// becomes the head; an app's idle time exceeds by far what an agent needs to become it.
    ///
    /// @return as {@link #scaleToZero}
    public long idle() {
        awaitHolder();
        return scaleToZero();
    }

    /// Waits until the replica's agent that runs now holds the lineage. After another replica's crash that takes as
    /// long as it must have been silent for.
    public void awaitHolder() {
        Await.until(
                "the replica's agent holds the lineage",
                BOUND,
                this::evidence,
                () -> replicas().stream().anyMatch(replica -> AgentState.isHolding(arm(), replica)));
    }

    /// Takes the node of the app's only replica away in good order, and waits until that replica is gone. Another one
    /// starts then.
    ///
    /// @return the last number that the stand-in committed until it was gone
    public long drainNode() {
        var ending = replicas();
        azure.apps().drain(ending.iterator().next());
        Await.until(
                "the replica is gone",
                BOUND.plusSeconds(60),
                this::evidence,
                () -> replicas().stream().noneMatch(ending::contains));
        return lastCommit(ending);
    }

    /// The last number that the stand-ins of replicas committed until they were gone; 0 where none said so.
    public long lastCommit(Set<String> ended) {
        return ended.stream()
                .map(replica -> STOPPED.matcher(arm().console(replica, Ids.JELLYFIN)))
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
    }

    /// Ends all replicas at once, and starts no others.
    public void endReplicas() {
        if (!replicas().isEmpty()) {
            azure.apps().endAll(Ids.JELLYFIN);
            Await.until(
                    "no replica is left",
                    BOUND,
                    this::evidence,
                    () -> replicas().isEmpty());
        }
    }

    /// Ends a container of the app's only replica at once.
    public void crash(String container) {
        azure.apps().crash(replicas().iterator().next(), container);
    }

    /// Ends the app's only replica at once, with all its processes and its disk.
    public void loseNode() {
        azure.apps().evict(replicas().iterator().next());
    }

    /// How often a container has been started in the replicas that there are.
    public long starts(String name) {
        return azure.apps().starts(Ids.JELLYFIN, name);
    }

    /// Restarts the revision that serves, as `az containerapp revision restart` does.
    public void restartRevision() {
        var serving = azure.apps().replicas(Ids.JELLYFIN).entrySet().stream()
                .filter(revision -> !revision.getValue().isEmpty())
                .reduce((_, newest) -> newest)
                .orElseThrow(() -> new ScenarioFailure("No revision has a replica.\n" + evidence()));
        arm().send("POST", Ids.APP + "/revisions/" + serving.getKey() + "/restart", "");
    }

    /// Changes the app as somebody else does, by a merge patch.
    public void patchBySomebodyElse(String json) {
        arm().send("PATCH", Ids.APP, json);
    }

    /// Sets a variable of Jellyfin's container, as `az containerapp update --set-env-vars` does: a new revision.
    public void changeByTemplate(String variable, String value) {
        changeJellyfin(jellyfin -> {
            var environment = jellyfin.withArray("env");
            for (var i = environment.size() - 1; i >= 0; i--) {
                if (environment.get(i).path("name").asText().equals(variable)) {
                    var _ = environment.remove(i);
                }
            }
            environment.addObject().put("name", variable).put("value", value);
        });
    }

    /// Changes Jellyfin's image, as `az containerapp update --image` does: a new revision.
    public void changeImage(String image) {
        changeJellyfin(jellyfin -> jellyfin.put("image", image));
    }

    private void changeJellyfin(Consumer<ObjectNode> change) {
        var template = azure.apps().get(Ids.APP).at("/properties/template").<ObjectNode>deepCopy();
        template.remove("revisionSuffix");
        for (var resources : template.findValues("resources")) {
            ((ObjectNode) resources).remove("ephemeralStorage");
        }
        for (var each : template.path("containers")) {
            if (each.path("name").asText().equals(Ids.JELLYFIN) && each instanceof ObjectNode jellyfin) {
                change.accept(jellyfin);
            }
        }
        patchBySomebodyElse("{\"properties\": {\"template\": " + template + "}}");
    }

    /// What a container has printed, in the replicas that there are.
    public String console(String container) {
        return replicas().stream()
                .map(replica -> arm().console(replica, container))
                .collect(Collectors.joining("\n"));
    }

    /// When a replica's containers printed something, also one that is gone.
    public Heard heard(String replica) {
        return Heard.of(arm(), replica);
    }

    /// All processes of the app's replicas.
    public List<ReplicaProcess> processes() {
        return ReplicaProcess.of(replicas(), options.folder().toString());
    }

    /// What the platform says of the app: told with a failure.
    public String evidence() {
        return azure.apps().state().toPrettyString() + "\n" + arm().system();
    }

    private Arm arm() {
        return new Arm(azure.apps().uri());
    }

    /// Writes what the platform and the replicas have said lately into a folder below `logs`.
    public Path saveLogs(String name) {
        var into = options.folder().resolve("logs").resolve(name);
        SavedLogs.write(into, arm());
        return into;
    }

    @Override
    public void close() {
        var _ = saveLogs("replicas");
        azure.close();
    }
}
