package dev.jellykeep.operator.bench;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.fault.TcpProxy;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many apps in one subscription of an emulated Azure, each with a blob container and a policy of its own.
final class Estate implements AutoCloseable {
    /// Of so many apps one has no archive yet.
    static final int NEW_APP = 10;

    private static final int AT_ONCE = 8;
    private static final Pattern POLICY_WRITE = Pattern.compile(
            "^apiserver_request_total\\{(?=.*resource=\"jellyfinbackuppolicies\")(?=.*verb=\"(APPLY|PATCH|PUT|POST)\")");

    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    private static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";
    private static final String NAMESPACE = "media";

    final KubernetesClient kube = KubeApi.shared();
    final ContainerApps azure = ContainerApps.start();
    private final Azurite azurite = Azurite.start();
    private final TcpProxy blobs = TcpProxy.before(azurite.port());
    private final int size;

    Estate(int size) {
        this.size = size;
        // whoever ends this with Ctrl-C wants nothing left: with many blobs Azurite takes minutes to end by itself
        Runtime.getRuntime().addShutdownHook(new Thread(azurite::close, "end-azurite"));
    }

    /// What the operator's process is told of Azure.
    Map<String, String> environment() {
        return Map.of(
                "AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString(),
                "JELLYKEEP_ARM_TOKEN", "operator",
                "AZURE_STORAGE_CONNECTION_STRING", Azurite.connectionString(blobs.port()));
    }

    /// Apps that nobody uses.
    void makeApps() {
        azure.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
        each(number -> {
            azure.put(app(number), """
                    {"location": "westeurope",
                     "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
                     "properties": {"environmentId": "%s", "workloadProfileName": "Consumption",
                      "configuration": {"ingress": {"external": true, "targetPort": 8096}},
                      "template": {
                        "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11.3",
                          "resources": {"cpu": 1.0, "memory": "2Gi"},
                          "volumeMounts": [{"volumeName": "config", "mountPath": "/config"}]}],
                        "volumes": [{"name": "config", "storageType": "EmptyDir"}],
                        "scale": {"minReplicas": 0, "maxReplicas": 1}}}}
                    """.formatted(IDENTITY, ENVIRONMENT));
            azure.scale(name(number), 0);
        });
        azure.change(settings -> settings.with(Timings.lifelike()));
        azure.clearJournal();
    }

    /// A blob container for each, with what an earlier installation left there; nothing for every tenth.
    ///
    /// @param archives in each
    void makeArchives(int archives) {
        Instant newest = Instant.now().minusSeconds(3600);
        var credential = new Credential.ConnectionString(azurite.connectionString());
        each(number -> {
            azurite.newContainer(name(number));
            if (archives > 0 && number % NEW_APP != 0) {
                try (var store = AzureBlobStore.open(
                        new AzureLocation(null, name(number), ""),
                        credential,
                        OutboundProxy.none(),
                        StoreOptions.defaults())) {
                    Archives.leave(store, AppResourceId.parse(app(number)).orThrow(), archives, newest);
                }
            }
        });
    }

    /// One scope, and the smallest policy for each app.
    void apply() {
        kube.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        yaml("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: ContainerAppScope
                metadata: {name: media}
                spec:
                  namespaces: [%s]
                  resourceIdPrefixes: [%s]
                  storagePrefixes: [http://127.0.0.1:%d/devstoreaccount1]
                  identities: [%s]
                """.formatted(NAMESPACE, GROUP, blobs.port(), IDENTITY));
        each(number -> yaml("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: http://127.0.0.1:%d/devstoreaccount1, container: %s}
                """.formatted(name(number), NAMESPACE, app(number), blobs.port(), name(number))));
    }

    private void yaml(String text) {
        kube.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    List<JellyfinBackupPolicy> policies() {
        return kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    /// Writes of policies and their status that the API server has taken since it began, also those that changed
    /// nothing.
    long policyWrites() {
        return kube.raw("/metrics")
                .lines()
                .filter(line -> POLICY_WRITE.matcher(line).find())
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                .sum();
    }

    long blobRequests() {
        return blobs.requests();
    }

    /// Requests that arrived at ARM in `[from, to)`.
    Requests requests(Instant from, Instant to) {
        List<JournalEntry> some = azure.journal().stream()
                .filter(each -> !each.time().isBefore(from) && each.time().isBefore(to))
                .toList();
        return new Requests(
                count(some, JournalEntry::isWrite),
                count(some, each -> !each.isWrite()),
                count(some, each -> !each.isWrite() && isApp(each.path())),
                count(some, each -> each.status() == 429),
                some.stream()
                        .collect(Collectors.groupingBy(
                                each -> each.method() + " " + kind(each.path()), TreeMap::new, Collectors.counting())));
    }

    /// How many apps have been read since the journal began.
    long lookedAt() {
        return azure.journal().stream()
                .map(each -> each.path().toLowerCase(Locale.ROOT))
                .filter(Estate::isApp)
                .distinct()
                .count();
    }

    /// When ARM was first asked for anything since the journal began.
    Instant firstRequest() {
        return azure.journal().getFirst().time();
    }

    /// When ARM was last asked for anything; `otherwise` if never.
    Instant lastRequest(Instant otherwise) {
        List<JournalEntry> all = azure.journal();
        return all.isEmpty() ? otherwise : all.getLast().time();
    }

    /// Of ARM.
    ///
    /// @param reads all of them
    /// @param appReads of an app itself, not of its revisions
    /// @param kinds how many of each method and type
    record Requests(long writes, long reads, long appReads, long throttled, Map<String, Long> kinds) {}

    /// The types in a path, without names.
    private static String kind(String path) {
        String[] parts =
                path.toLowerCase(Locale.ROOT).replaceAll(".*/providers/", "").split("/", -1);
        return IntStream.range(0, parts.length)
                .filter(at -> at % 2 == 1)
                .mapToObj(at -> parts[at])
                .collect(Collectors.joining("/"));
    }

    private static long count(List<JournalEntry> entries, Predicate<JournalEntry> which) {
        return entries.stream().filter(which).count();
    }

    private static boolean isApp(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("/containerapps/");
        return at >= 0 && lower.indexOf('/', at + "/containerapps/".length()) < 0;
    }

    private void each(IntConsumer deed) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 1; number <= size; number++) {
                int each = number;
                all.add(threads.submit(() -> deed.accept(each)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The apps could not be made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String name(int number) {
        return "jellyfin-%04d".formatted(number);
    }

    private static String app(int number) {
        return GROUP + "/providers/Microsoft.App/containerApps/" + name(number);
    }

    @Override
    public void close() {
        azure.close();
        blobs.close();
        azurite.close();
    }
}
