package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole operator: a real API server, the emulator for ARM, Azurite for Blob, the time as it is.
class OperatorProcessTest {
    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final KubernetesClient kube = KubeApi.shared();
    private final KubernetesClient own = KubeApi.asOperator();
    private final Azurite azurite = Azurite.startOrExplain()
            .orElseGet(() -> org.junit.jupiter.api.Assumptions.abort("Azurite can't run here, see standard error"));
    private final ContainerApps azure = ContainerApps.start();
    private final String namespace = "media-" + Long.toString(System.nanoTime(), 36);
    private String container;
    private OperatorProcess operator;

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
        azure.scale("jellyfin", 0);
        azure.clearJournal();
        kube.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        operator = start();
    }

    private OperatorProcess start() throws IOException {
        return start(null);
    }

    private OperatorProcess start(@Nullable String leaseNamespace) throws IOException {
        return OperatorProcess.start(
                Map.of(
                        "AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString(),
                        "JELLYKEEP_ARM_TOKEN", "operator",
                        "AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString()),
                new OperatorOptions("registry.example/jellykeep/agent:0.1.0", leaseNamespace, 0),
                own,
                () -> {});
    }

    @AfterEach
    void end() {
        operator.close();
        forget();
        azure.close();
        azurite.close();
        own.close();
    }

    /// Policies and scopes are seen by the operators of other tests too.
    private void forget() {
        var policy = kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family");
        if (policy.get() != null) {
            policy.edit(each -> {
                each.getMetadata().setFinalizers(java.util.List.of());
                return each;
            });
            policy.delete();
        }
        kube.resources(ContainerAppScope.class).withName(namespace).delete();
    }

    private void apply(String yaml) {
        kube.load(new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .serverSideApply();
    }

    private void applyScope() {
        kube.load(new java.io.ByteArrayInputStream(
                        """
                        apiVersion: jellykeep.dev/v1alpha1
                        kind: ContainerAppScope
                        metadata: {name: %s}
                        spec:
                          namespaces: [%s]
                          resourceIdPrefixes: [%s]
                          storagePrefixes: [%s/%s]
                          identities: [%s]
                        """.formatted(namespace, namespace, GROUP, azurite.endpoint(), container, IDENTITY)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private void applyPolicy(String more) {
        apply("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: family}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: %s, container: %s}
                  drift: {checkInterval: 1m}
                %s""".formatted(APP, azurite.endpoint(), container, more));
    }

    private Optional<PolicyCondition> condition(String type) {
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

    private void until(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(BOUND);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now())
                    .as("not within %s: %s; Ready is %s", BOUND, what, condition("Ready"))
                    .isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean is(String type, String reason) {
        return condition(type).filter(each -> each.reason().equals(reason)).isPresent();
    }

    private long patches() {
        return azure.journal().stream()
                .filter(each -> each.method().equals("PATCH"))
                .count();
    }

    @Test
    void theSmallestPolicyAndOneScopeAreEnough() throws Exception {
        applyPolicy("");
        until("denied without a scope", () -> is("Stalled", "ScopeDenied"));
        assertThat(azure.journal())
                .as("requests to ARM before a scope allows it")
                .isEmpty();

        applyScope();
        until("injected", () -> is("Ready", "Succeeded") && is("Injected", "UpToDate"));
        assertThat(patches()).isEqualTo(1);
        assertThat(azure.get(APP)
                        .at("/properties/template/initContainers/0/name")
                        .asText())
                .isEqualTo("jellykeep-restore");
        assertThat(condition("Protected").orElseThrow().status()).isEqualTo("False");
        assertThat(condition("Stalled")).isEmpty();

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body())
                .contains(
                        "jellyfin_backup_policy_condition{name=\"family\",namespace=\"" + namespace
                                + "\",reason=\"Succeeded\",status=\"True\",type=\"Ready\"} 1",
                        "jellyfin_backup_unprotected_seconds",
                        "jellykeep_operator_events_total{reason=\"TemplatePatched\"} 1");

        String version = version();
        operator.close();
        operator = start();
        until("another operator has looked", () -> azure.journal().size() > 3);
        assertThat(patches()).as("patches after a restart").isEqualTo(1);
        assertThat(version()).as("writes of a status that says nothing new").isEqualTo(version);

        delete();
        assertThat(azure.get(APP)
                        .at("/properties/template/initContainers/0/name")
                        .asText())
                .as("the data is on an EmptyDir, so it stays protected")
                .isEqualTo("jellykeep-restore");
        assertThat(kube.v1().events().inNamespace(namespace).list().getItems())
                .extracting(each -> each.getReason())
                .contains("ScopeDenied", "TemplatePatched", "InjectionLeftInPlace");
    }

    @Test
    void ofTwoOperatorsOneWrites_andTheOtherTakesOver() throws Exception {
        operator.close();
        operator = start("jellykeep");
        try (OperatorProcess second = start("jellykeep")) {
            applyScope();
            applyPolicy("");
            until("injected", () -> is("Ready", "Succeeded"));
            assertThat(patches()).isEqualTo(1);
            operator.close();
            azure.clearJournal();
            until("the second one looks", () -> !azure.journal().isEmpty());
            assertThat(patches()).isZero();
            assertThat(second.managementPort()).isPositive();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + operator.managementPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private String version() {
        return kube.resources(JellyfinBackupPolicy.class)
                .inNamespace(namespace)
                .withName("family")
                .get()
                .getMetadata()
                .getResourceVersion();
    }

    private void delete() {
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
}
