package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.bench.Archives;
import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// One idle app and a namespace for its policy: a real API server, the emulator for ARM, Azurite for Blob, the time as
/// it is.
public final class LiveCluster implements AutoCloseable {
    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    public static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    private static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";
    private static final Duration BOUND = Duration.ofSeconds(60);

    public final KubernetesClient kube = KubeApi.shared();
    public final ContainerApps azure = ContainerApps.start();
    public final String namespace = "media-" + Long.toString(System.nanoTime(), 36);
    private final Azurite azurite =
            Azurite.startOrExplain().orElseGet(() -> Assumptions.abort("Azurite can't run here, see standard error"));
    private final String container;

    public LiveCluster() throws IOException {
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
        azure.scale("jellyfin", 0);
        azure.clearJournal();
        kube.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /// The only operator, with these rights.
    public AutoCloseable operator(KubernetesClient own) throws IOException {
        return start(own, null);
    }

    /// @param own with whose rights it runs
    /// @param leaseNamespace null: it is the only one
    OperatorProcess start(KubernetesClient own, @Nullable String leaseNamespace) throws IOException {
        return OperatorProcess.start(
                Map.of(
                        "AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString(),
                        "JELLYKEEP_ARM_TOKEN", "operator",
                        "AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString()),
                new OperatorOptions("registry.example/jellykeep/agent:0.1.0", leaseNamespace, 10, 0),
                own,
                () -> {},
                _ -> {});
    }

    /// Policies and scopes are seen by the operators of other tests too.
    private void forget() {
        var policy = kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family");
        if (policy.get() != null) {
            policy.edit(each -> {
                each.getMetadata().setFinalizers(List.of());
                return each;
            });
            policy.delete();
        }
        kube.resources(ContainerAppScope.class).withName(namespace).delete();
    }

    /// One that allows what the policies below name.
    public String scope() {
        return """
                apiVersion: jellykeep.dev/v1alpha1
                kind: ContainerAppScope
                metadata: {name: %s}
                spec:
                  namespaces: [%s]
                  resourceIdPrefixes: [%s]
                  storagePrefixes: [%s/%s]
                  identities: [%s]
                """.formatted(namespace, namespace, GROUP, azurite.endpoint(), container, IDENTITY);
    }

    void applyScope() {
        kube.load(new ByteArrayInputStream(scope().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    /// @param more of its spec, indented by two
    public String policy(String more) {
        return """
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: family, namespace: %s}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: %s, container: %s}
                  drift: {checkInterval: 1m}
                %s""".formatted(namespace, APP, azurite.endpoint(), container, more);
    }

    void applyPolicy(String more) {
        kube.load(new ByteArrayInputStream(policy(more).getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    /// What an agent would have done meanwhile: a sealed line with archives.
    public void seal() {
        seal(azurite, container, APP, 1);
    }

    /// The same, in another container.
    ///
    /// @param app resource id
    static void seal(Azurite azurite, String container, String app, int archives) {
        try (var store = AzureBlobStore.open(
                new AzureLocation(null, container, ""),
                new Credential.ConnectionString(azurite.connectionString()),
                OutboundProxy.none(),
                StoreOptions.defaults())) {
            Archives.leave(store, AppResourceId.parse(app).orThrow(), archives, Instant.now());
        }
    }

    public Optional<PolicyCondition> condition(String type) {
        JellyfinBackupPolicy policy = kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family")
                .get();
        return policy == null || policy.getStatus() == null
                ? Optional.empty()
                : policy.getStatus().conditions().stream()
                        .filter(each -> each.type().equals(type))
                        .findFirst();
    }

    public void until(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(BOUND);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now())
                    .as("not within %s: %s; Ready is %s", BOUND, what, condition("Ready"))
                    .isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    public boolean is(String type, String reason) {
        return condition(type).filter(each -> each.reason().equals(reason)).isPresent();
    }

    long patches() {
        return azure.journal().stream()
                .filter(each -> each.method().equals("PATCH"))
                .count();
    }

    String version() {
        return kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family")
                .get()
                .getMetadata()
                .getResourceVersion();
    }

    void delete() {
        kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family")
                .delete();
        until(
                "the policy is gone",
                () -> kube.resources(JellyfinBackupPolicy.class)
                                .inNamespace(namespace)
                                .withName("family")
                                .get()
                        == null);
    }

    @Override
    public void close() {
        forget();
        azure.close();
        azurite.close();
    }
}
