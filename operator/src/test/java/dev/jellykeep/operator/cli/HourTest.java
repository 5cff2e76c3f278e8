package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.containerapps.SandboxClock;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.fault.TcpProxy;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole operator for an hour, at sixty times the usual pace: every interval is the usual one on its clock and on
/// the emulator's, a sixtieth of it on the wall. What the network may take is as ever, and Blob's clock goes as all do.
class HourTest {
    private static final int FASTER = 60;
    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000b/resourceGroups/hour";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);

    private final KubernetesClient kube = KubeApi.shared();
    private final String namespace = "hour-" + Long.toString(System.nanoTime(), 36);
    private final AtomicLong clusterWrites = new AtomicLong();
    private final KubernetesClient own = counted();
    private final Azurite azurite =
            Azurite.startOrExplain().orElseGet(() -> Assumptions.abort("Azurite can't run here, see standard error"));
    private final TcpProxy blobs = TcpProxy.before(azurite.port());
    private final FastTime time = FastTime.times(FASTER);
    private final ContainerApps azure = ContainerApps.start(
            Options.usual().withClock(SandboxClock.over(time)).change(settings -> settings.with(Timings.lifelike())));
    private final URI account = URI.create("http://127.0.0.1:" + blobs.port() + "/devstoreaccount1");
    private String container;
    private OperatorProcess operator;

    /// Counts what the operator writes about this test's policy, also what changes nothing. Other tests' policies
    /// are in the same cluster.
    private KubernetesClient counted() {
        try (KubernetesClient plain = KubeApi.asOperator()) {
            return new KubernetesClientBuilder()
                    .withConfig(plain.getConfiguration())
                    .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("count", new Interceptor() {
                        @Override
                        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                            if (!request.method().equals("GET")
                                    && request.uri().getPath().contains("/" + namespace + "/")) {
                                clusterWrites.incrementAndGet();
                            }
                        }
                    }))
                    .build();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        container = azurite.newContainer();
        azure.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
        azure.put(APP, """
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
        kube.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        operator = OperatorProcess.start(
                Map.of(
                        "AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString(),
                        "JELLYKEEP_ARM_TOKEN", "operator",
                        "AZURE_STORAGE_CONNECTION_STRING", Azurite.connectionString(blobs.port())),
                new OperatorOptions("registry.example/jellykeep/agent:0.1.0", null, 10, 0),
                own,
                () -> {},
                why -> {
                    throw new AssertionError(why);
                },
                time.tempo());
    }

    @AfterEach
    void end() {
        operator.close();
        // other tests' operators see it too
        JellyfinBackupPolicy policy = policy();
        if (policy != null) {
            kube.resource(policy).edit(each -> {
                each.getMetadata().setFinalizers(List.of());
                return each;
            });
            kube.resource(policy).delete();
        }
        kube.resources(ContainerAppScope.class).withName(namespace).delete();
        azure.close();
        blobs.close();
        azurite.close();
        own.close();
    }

    @Test
    void anInjectedAppCostsNothingButItsLooksForAnHour() {
        until("the app has never been asked for", () -> replicas() == 0);
        azure.clearJournal();
        apply();
        until("injected", () -> is("Ready", "Succeeded") && is("Injected", "UpToDate"));
        assertThat(writes())
                .as("writes until it is injected")
                .hasSize(1)
                .allMatch(each -> each.method().equals("PATCH"));

        azure.request("jellyfin");
        until(
                "its new revision is healthy",
                () -> azure.state().toString().contains("jellykeep-agent")
                        && azure.request("jellyfin").ready() > 0);
        until("it is idle again", () -> replicas() == 0);
        seal();
        until("protected", () -> is("Protected", "Protected"));
        assertThat(writes()).as("writes until it is protected").hasSize(1);

        assertThat(clusterWrites).as("writes to the cluster so far").hasPositiveValue();
        clusterWrites.set(0);
        azure.clearJournal();
        long blobsBefore = blobs.requests();
        Instant over = time.instant().plus(HOUR);
        until(
                "an hour has passed",
                time.real(HOUR).plus(BOUND),
                () -> !time.instant().isBefore(over));
        List<JournalEntry> asked = azure.journal();
        long blobsRead = blobs.requests() - blobsBefore;
        System.out.println("An hour of an app that is sealed, at " + FASTER + " times the pace: ARM writes "
                + writes().size() + ", app reads "
                + reads(asked, HourTest::isApp).size() + ", other ARM reads "
                + reads(asked, each -> !isApp(each)).size() + ", Blob requests " + blobsRead
                + ", writes to the cluster " + clusterWrites);

        assertThat(writes()).isEmpty();
        assertThat(reads(asked, _ -> true))
                .as("looks: at the app, or while it sleeps at its revisions")
                .hasSizeBetween(5, 6);
        assertThat(reads(asked, each -> each.path().contains("/replicas")))
                .as("reads of replicas, which a sealed line doesn't need")
                .isEmpty();
        assertThat(blobsRead).as("Blob requests").isBetween(5L, 12L);
        assertThat(clusterWrites).as("writes to the cluster of what is not new").hasValue(0);
    }

    private void apply() {
        load("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: ContainerAppScope
                metadata: {name: %s}
                spec:
                  namespaces: [%s]
                  resourceIdPrefixes: [%s]
                  storagePrefixes: [%s/%s]
                  identities: [%s]
                """.formatted(namespace, namespace, GROUP, account, container, IDENTITY));
        load("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: family, namespace: %s}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: %s, container: %s}
                """.formatted(namespace, APP, account, container));
    }

    private void load(String yaml) {
        kube.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    /// What its agent did meanwhile, which simulated replicas don't have.
    private void seal() {
        LiveCluster.seal(azurite, container, APP, 8);
    }

    private long replicas() {
        return azure.replicas("jellyfin").values().stream()
                .mapToLong(List::size)
                .sum();
    }

    private List<JournalEntry> writes() {
        return azure.journal().stream().filter(JournalEntry::isWrite).toList();
    }

    private static List<JournalEntry> reads(List<JournalEntry> asked, Predicate<JournalEntry> which) {
        return asked.stream().filter(each -> !each.isWrite()).filter(which).toList();
    }

    private static boolean isApp(JournalEntry asked) {
        return asked.path().toLowerCase(Locale.ROOT).endsWith("/containerapps/jellyfin");
    }

    private JellyfinBackupPolicy policy() {
        return kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family")
                .get();
    }

    private boolean is(String type, String reason) {
        var status = Objects.requireNonNull(policy()).getStatus();
        return status != null
                && status.conditions().stream()
                        .anyMatch(each ->
                                each.type().equals(type) && each.reason().equals(reason));
    }

    private void until(String what, BooleanSupplier holds) {
        until(what, BOUND, holds);
    }

    private void until(String what, Duration bound, BooleanSupplier holds) {
        Instant end = Instant.now().plus(bound);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now())
                    .as("not within %s: %s; the policy is %s", bound, what, policy())
                    .isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
