package dev.jellykeep.operator.cli;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A person at a prompt, an emulated app, and Azurite for Blob; time passes only while the program waits.
final class Prompt implements AutoCloseable {
    static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";
    static final String PASSWORD = "correct-horse-battery-staple";

    final ContainerApps azure = ContainerApps.start();
    final Azurite azurite;
    final Map<String, String> environment = new HashMap<>();
    final List<Duration> waits = new ArrayList<>();
    final String container;
    private Runnable meanwhile = () -> {};
    private Duration passed = Duration.ZERO;

    /// What one run printed.
    record Answer(ExitCode code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    /// @param azurite not closed by this
    Prompt(Azurite azurite) throws IOException {
        this.azurite = azurite;
        container = azurite.newContainer();
        environment.put("AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString());
        environment.put("JELLYKEEP_ARM_TOKEN", "operator");
        environment.put("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
        environment.put(OperatorOptions.AGENT_IMAGE, "registry.example/jellykeep/agent:0.1.0");
        azure.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
    }

    /// Idle, with both folders on an EmptyDir, and a password in a variable and in a secret.
    static String usualApp() {
        return """
                {"location": "westeurope",
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
                 "properties": {"environmentId": "%s", "workloadProfileName": "Consumption",
                  "configuration": {"ingress": {"external": true, "targetPort": 8096},
                    "secrets": [{"name": "mail", "value": "%s"}]},
                  "template": {
                    "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11.3",
                      "env": [{"name": "SMTP_PASSWORD", "value": "%s"}, {"name": "MAIL", "secretRef": "mail"}],
                      "resources": {"cpu": 1.0, "memory": "2Gi"},
                      "volumeMounts": [{"volumeName": "config", "mountPath": "/config"}]}],
                    "volumes": [{"name": "config", "storageType": "EmptyDir"}],
                    "scale": {"minReplicas": 0, "maxReplicas": 1}}}}
                """.formatted(IDENTITY, ENVIRONMENT, PASSWORD, PASSWORD);
    }

    /// The set-up of those who wrote scripts; DESIGN §1.
    static String originalApp() {
        return usualApp()
                .replace("\"mountPath\": \"/config\"", "\"mountPath\": \"/data\"")
                .replace("\"env\": [", "\"env\": [{\"name\": \"JELLYFIN_DATA_DIR\", \"value\": \"/data\"}, ")
                .replace("\"containers\": [", """
                        "initContainers": [{"name": "restore-db", "image": "mcr.microsoft.com/azure-cli:2.60.0",
                          "resources": {"cpu": 0.25, "memory": "0.5Gi"},
                          "volumeMounts": [{"volumeName": "config", "mountPath": "/data"}]}],
                        "containers": [{"name": "backup-agent", "image": "mcr.microsoft.com/azure-cli:2.60.0",
                          "env": [{"name": "ACCOUNT_KEY", "value": "%s"}],
                          "resources": {"cpu": 0.25, "memory": "0.5Gi"},
                          "volumeMounts": [{"volumeName": "config", "mountPath": "/data"}]}, \
                        """.formatted(PASSWORD))
                .replace("\"maxReplicas\": 1", "\"maxReplicas\": 10");
    }

    Prompt with(String app, int replicas) {
        azure.put(APP, app);
        azure.scale("jellyfin", replicas);
        azure.clearJournal();
        return this;
    }

    /// What happens while the program waits.
    void meanwhile(Runnable what) {
        meanwhile = what;
    }

    String policy(String more) {
        return """
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: family, namespace: media}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: %s, container: %s}
                """.formatted(APP, azurite.endpoint(), container) + more;
    }

    /// One run with the usual policy on standard input.
    Answer run(String command, String... more) {
        return runWith(policy(""), command, more);
    }

    Answer runWith(String policy, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "-f", "-"));
        arguments.addAll(List.of(more));
        return type(policy, arguments);
    }

    Answer type(String in, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var outside = new Invocation.Outside(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> Instant.now().plus(passed),
                this::pass);
        ExitCode code = new Program(environment, outside).run(arguments.toArray(String[]::new));
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void pass(Duration time) {
        waits.add(time);
        passed = passed.plus(time);
        meanwhile.run();
    }

    long writes() {
        return azure.journal().stream()
                .filter(each -> !each.method().equals("GET"))
                .count();
    }

    @Override
    public void close() {
        azure.close();
    }
}
