package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.api.ScopeSpec;
import dev.jellykeep.operator.arm.azure.ArmCredential;
import dev.jellykeep.operator.arm.azure.ArmEndpoint;
import dev.jellykeep.operator.arm.azure.ArmOptions;
import dev.jellykeep.operator.arm.azure.AzureContainerApps;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.desired.AgentRelease;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.status.StatusText;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.folder.FolderStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One policy, an emulated app and a folder for Blob, on a clock that the test puts forward: what a cluster would do
/// with what the operator says.
final class Cluster implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-11-01T08:00:00Z");
    static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";
    static final String STORAGE = "https://stfamily.blob.core.windows.net";

    final ContainerApps azure = ContainerApps.start(Options.standing(BEGIN));
    final List<Note> notes = new ArrayList<>();
    final Map<String, String> annotations = new HashMap<>();

    /// Folders in Blob that were asked for.
    final List<dev.jellykeep.operator.api.StorageSpec> opened = new ArrayList<>();

    final Path blobs;
    boolean leads = true;

    /// Blob can't be reached from where the operator runs.
    boolean blobAway;

    int maxRollouts = Surroundings.USUAL_ROLLOUTS;
    List<Scope> scopes = List.of(scope());
    private final AzureContainerApps arm;
    private Policies policies;
    private PolicySpec spec;
    private long generation = 1;
    private @Nullable PolicyStatus status;
    private Duration again = Duration.ZERO;
    private Instant due = BEGIN;

    Cluster(Path blobs, String app, String spec) {
        this.blobs = blobs;
        this.spec = spec(spec);
        azure.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
        azure.put(APP, app);
        azure.advance(Duration.ofMinutes(2));
        azure.clearJournal();
        arm = AzureContainerApps.open(
                new ArmEndpoint(azure.uri(), azure.uri().toString(), azure.uri()),
                new ArmCredential.StaticToken("operator"),
                impatient(ArmOptions.defaults()),
                new Random(1));
        policies = policies();
    }

    /// The adapter waits in real time.
    private static ArmOptions impatient(ArmOptions usual) {
        return new ArmOptions(Duration.ofSeconds(2), Duration.ofSeconds(20), usual.reads(), usual.writes());
    }

    /// The official image with both folders on an EmptyDir, and a user-assigned identity.
    static String usualApp(String more) {
        return """
                {"location": "westeurope",
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
                 "properties": {"environmentId": "%s", "workloadProfileName": "Consumption",
                  "configuration": {"ingress": {"external": true, "targetPort": 8096}},
                  "template": {
                    "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11.3",
                      "resources": {"cpu": 1.0, "memory": "2Gi"},
                      "volumeMounts": [{"volumeName": "config", "mountPath": "/config"}]}],
                    "volumes": [{"name": "config", "storageType": "EmptyDir"}],
                    "scale": {"minReplicas": 0, "maxReplicas": 1}%s}}}
                """.formatted(IDENTITY, ENVIRONMENT, more);
    }

    static PolicySpec spec(String more) {
        try {
            return dev.jellykeep.operator.desired.Policies.spec(new com.fasterxml.jackson.dataformat.yaml.YAMLMapper()
                    .readTree((more.contains("containerApp:") ? "" : "containerApp: {resourceId: " + APP + "}\n")
                            + "storage: {accountUrl: '" + STORAGE + "', container: jellyfin-backups}\n" + more));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Policies policies() {
        return new Policies(new Surroundings(
                arm,
                storage -> {
                    opened.add(storage);
                    return reached(FolderStore.open(blobs, azure::now));
                },
                new AgentRelease("registry.example/jellykeep/agent:0.1.0", Settings.CONTRACT_VERSION, Map.of()),
                azure::now,
                () -> leads,
                maxRollouts));
    }

    private BlobStore reached(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, method, arguments) -> {
                    if (blobAway && !method.getName().equals("close")) {
                        throw new StoreException(StoreException.Kind.UNREACHABLE, "no answer", null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /// The operator's process is gone, and another one takes over with what status says.
    void restart() {
        policies.close();
        policies = policies();
    }

    void edit(String more) {
        spec = spec(more);
        generation++;
        due = azure.now();
    }

    PolicyView view() {
        return new PolicyView(new PolicyName("media", "family"), "uid", generation, BEGIN, annotations, spec, status);
    }

    static Scope scope() {
        return new Scope(
                "media",
                new ScopeSpec(
                        List.of("media"),
                        List.of(GROUP),
                        List.of(STORAGE + "/jellyfin-backups"),
                        List.of(IDENTITY, Scope.SYSTEM),
                        List.of()));
    }

    /// One reconcile; true if it had something new to say.
    boolean step() {
        PolicyView view = view();
        Result result = policies.reconcile(view, List.of(view), scopes);
        PolicyStatus after = StatusText.of(status, result.outcome(), generation, azure.now());
        boolean news = !after.equals(status);
        status = after;
        again = result.again();
        notes.addAll(result.notes());
        return news;
    }

    /// One reconcile of another policy, by the same operator.
    Result step(PolicyView other, List<PolicyView> all) {
        return policies.reconcile(other, all, List.of(scope()));
    }

    /// Reconciles as often as it asks to be, for so long.
    void runFor(Duration time) {
        Instant end = azure.now().plus(time);
        while (azure.now().isBefore(end)) {
            next(end);
        }
    }

    /// Reconciles until a condition holds.
    void runUntil(Duration most, Predicate<Cluster> holds) {
        Instant end = azure.now().plus(most);
        due = azure.now();
        next(end);
        while (!holds.test(this)) {
            assertThat(azure.now())
                    .as("not within %s; it says %s", most, ready())
                    .isBefore(end);
            next(end);
        }
    }

    /// Lets time pass until the next reconcile is due, and does it.
    private void next(Instant end) {
        Instant now = azure.now();
        if (due.isAfter(now)) {
            azure.advance(Duration.between(now, due.isBefore(end) ? due : end));
        } else {
            step();
            due = azure.now().plus(again.isZero() ? Duration.ofSeconds(1) : again);
        }
    }

    /// One step of the deleted policy's farewell; true once the policy may go.
    boolean farewell(Instant deleted) {
        Farewell.Step step = policies.farewell(view(), scopes, deleted);
        if (step instanceof Farewell.Step.Over(Note note)) {
            notes.add(note);
        }
        return step instanceof Farewell.Step.Over;
    }

    /// As an agent leaves it behind: an archive that is the sealed line's head.
    void sealWithHead() {
        try (var store = FolderStore.open(blobs, azure::now)) {
            var before = store.read("lineage.json").orElseThrow();
            var document = ((LineageText.Parsed.Readable) LineageText.parse(before.content())).document();
            String name = "backup-20261101080000.tar.gz";
            var facts = new ArchiveFacts(
                    document.lineage(),
                    "replica",
                    1,
                    1,
                    null,
                    ArchiveKind.FINAL,
                    BEGIN,
                    "00",
                    "11",
                    1000,
                    3,
                    2,
                    null,
                    "10.11.3",
                    null,
                    null);
            try (var upload = store.begin(name, 1024)) {
                upload.write(new byte[] {1, 2, 3}, 0, 3);
                upload.commit(facts.toMetadata());
            }
            store.compareAndSwap(
                    "lineage.json",
                    LineageText.print(document.withLine(List.of(new Listed(name, "00", 1, 1)), List.of())),
                    before.etag());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// As an agent that runs says of itself.
    void reportOfHolder() {
        try (var store = FolderStore.open(blobs, azure::now)) {
            var report = ReportDraft.blank("replica", null, "holding", "0.1.0", "10.11.3", null);
            var _ = store.put(BlobLayout.status("replica"), report.toBytes(), Map.of());
        }
    }

    /// As a restore leaves it behind after an attempt.
    void reportOfRestore(String replicaName, String outcome, String detail) {
        try (var store = FolderStore.open(blobs, azure::now)) {
            var report = ReportDraft.of(
                            ReportDraft.blank("restoring", replicaName, "restored", "0.1.0", "10.11.3", null))
                    .restore(new ReplicaReport.Restored(outcome, null, detail, azure.now(), 1))
                    .build();
            var _ = store.put(BlobLayout.status("restoring"), report.toBytes(), Map.of());
        }
    }

    String ready() {
        return condition("Ready")
                .map(each -> each.status() + " " + each.reason() + ": " + each.message())
                .orElse("nothing");
    }

    java.util.Optional<PolicyCondition> condition(String type) {
        return status == null
                ? java.util.Optional.empty()
                : status.conditions().stream()
                        .filter(each -> each.type().equals(type))
                        .findFirst();
    }

    String reason(String type) {
        return condition(type).map(each -> each.status() + "/" + each.reason()).orElse("none");
    }

    PolicyStatus status() {
        return java.util.Objects.requireNonNull(status);
    }

    List<JournalEntry> writes() {
        return azure.journal().stream()
                .filter(each -> !each.method().equals("GET"))
                .toList();
    }

    long reads(String end) {
        return azure.journal().stream()
                .filter(each -> each.method().equals("GET")
                        && each.path().toLowerCase(java.util.Locale.ROOT).endsWith(end))
                .count();
    }

    /// Names of the containers, init containers first.
    List<String> containers() {
        var template = azure.get(APP).path("properties").path("template");
        List<String> names = new ArrayList<>();
        template.path("initContainers")
                .forEach(each -> names.add(each.path("name").asText()));
        template.path("containers").forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    InstantSource clock() {
        return azure::now;
    }

    @Override
    public void close() {
        policies.close();
        arm.close();
        azure.close();
    }
}
