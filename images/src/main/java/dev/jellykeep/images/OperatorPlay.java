package dev.jellykeep.images;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.kubernetes.ApiServer;
import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.sandbox.kubernetes.Kubectl;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An operator's first minute with one policy: a real API server, the emulator for ARM, Azurite for Blob. It ends when
/// the app is patched and the operator told to stop.
final class OperatorPlay {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final String NAMESPACE = "media";
    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    private static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";

    private final Path tree;
    private final Path volume;

    /// @param tree the root of the repository
    /// @param volume an empty folder that the operator sees too
    OperatorPlay(Path tree, Path volume) {
        this.tree = tree;
        this.volume = volume;
    }

    /// @param root the image's files
    /// @param program the operator's command line, without its command
    /// @param environment of the image
    /// @return all that the operator printed
    /// @throws IllegalStateException with that, if it doesn't do its work or doesn't end well
    String play(Path root, List<String> program, Map<String, String> environment) throws IOException {
        Files.createDirectories(volume);
        try (ApiServer kubernetes = ApiServer.start(binaries(), volume.resolve("kubernetes"));
                ContainerApps azure = ContainerApps.start();
                Azurite azurite = Azurite.start()) {
            String container = azurite.newContainer("family");
            Kubectl kubectl = kubernetes.kubectl();
            fill(azure);
            fill(kubectl);
            Map<String, String> all = new HashMap<>(environment);
            all.put(
                    "KUBECONFIG",
                    shared(kubernetes.kubeconfigOf("jellykeep", "jellykeep-operator"))
                            .toString());
            all.put("AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString());
            all.put("JELLYKEEP_ARM_TOKEN", "operator");
            all.put("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
            all.put("JELLYKEEP_AGENT_IMAGE", "registry.example/jellykeep/agent:0.1.0");
            all.put("JELLYKEEP_MANAGEMENT_PORT", "0");
            List<String> command = new Container(root, OperatorImage.NONROOT, all, List.of(volume)).command(program);
            try (ChildProcess operator = ChildProcess.start(volume.resolve("logs"), "operator", command, Map.of())) {
                apply(kubectl, azurite.endpoint().toString(), container);
                awaitPatch(kubectl, operator);
                int code = operator.stop(BOUND);
                if (code != 0 && code != ENDED_BY_SIGTERM) {
                    throw new IllegalStateException("the operator ended with " + code + ":\n" + operator.output());
                }
                return operator.output();
            }
        }
    }

    private static void awaitPatch(Kubectl kubectl, ChildProcess operator) {
        long until = System.nanoTime() + BOUND.toNanos();
        while (!kubectl.succeeds(
                "wait", "jbp/family", "--namespace", NAMESPACE, "--for=condition=Injected", "--timeout=5s")) {
            if (!operator.alive() || System.nanoTime() > until) {
                throw new IllegalStateException("the operator does not patch the app:\n" + operator.output());
            }
        }
    }

    /// A copy that every user may read, where the operator's container sees it.
    private Path shared(Path kubeconfig) throws IOException {
        Path copy = volume.resolve("kubeconfig");
        Files.copy(kubeconfig, copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        return copy;
    }

    private static Binaries binaries() {
        return switch (Binaries.find(System.err::println)) {
            case Binaries.Ready(var found) -> found;
            case Binaries.Missing(var why) -> throw new BuildFailure("can't run an operator: " + why);
        };
    }

    private void fill(Kubectl kubectl) {
        var _ = kubectl.run("create", "namespace", "jellykeep");
        var _ = kubectl.run("create", "namespace", NAMESPACE);
        var _ = kubectl.run(
                "apply", "--server-side", "--filename", tree.resolve("crds").toString());
        var _ = kubectl.run(
                "apply",
                "--server-side",
                "--filename",
                tree.resolve("examples/operator/rbac.yaml").toString());
        var _ = kubectl.run(
                "wait", "--for=condition=Established", "--timeout=30s", "crd/jellyfinbackuppolicies.jellykeep.dev");
    }

    private static void fill(ContainerApps azure) {
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
    }

    private static void apply(Kubectl kubectl, String account, String container) {
        var _ = kubectl.apply("""
                apiVersion: jellykeep.dev/v1alpha1
                kind: ContainerAppScope
                metadata: {name: media}
                spec:
                  namespaces: [media]
                  resourceIdPrefixes: [%s]
                  storagePrefixes: [%s/%s]
                  identities: [%s]
                ---
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: family, namespace: media}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: %s, container: %s}
                """.formatted(GROUP, account, container, IDENTITY, APP, account, container));
    }
}
